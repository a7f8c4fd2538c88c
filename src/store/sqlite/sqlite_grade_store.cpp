// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_grade_store.h"

#include <string>
#include <utility>

#include "store/sqlite/library_database.h"

namespace spindle::store {
namespace {

constexpr const char* kColumns =
    "graded_ms, recording, copy_id, release_id, record_id, side, length_s, grade, severity, p_nm,"
    " p_vg_plus, p_vg, p_g_plus, p_g, p_f, p_p, evidence";

Result<StoredGrading> read_grading(const Statement& row) {
    int column = 0;
    StoredGrading grading;
    grading.id = row.integer(column++);
    grading.graded = row.integer(column++);
    grading.recording = row.text(column++);
    grading.copy.value = static_cast<std::uint32_t>(row.integer(column++));
    grading.release.value = static_cast<std::uint32_t>(row.integer(column++));
    grading.record.value = static_cast<std::uint32_t>(row.integer(column++));
    grading.side = row.text(column++);
    grading.length = Seconds{row.real(column++)};
    const std::string word = row.text(column++);
    const auto grade = grade_named(word);
    if (!grade) {
        return fail(Code::BadInput, "grading {} in the library has no grade but {}", grading.id,
                    word);
    }
    grading.grade = *grade;
    grading.severity = row.real(column++);
    for (double& probability : grading.probabilities) {
        probability = row.real(column++);
    }
    grading.evidence = row.text(column);
    return grading;
}

class SqliteGradeStore final : public GradeStore {
public:
    explicit SqliteGradeStore(std::unique_ptr<Database> database)
        : database_(std::move(database)) {}

    Result<std::int64_t> add(const StoredGrading& grading) override {
        std::string sql = "INSERT INTO grading (";
        sql += kColumns;
        sql += ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id";
        SPINDLE_TRY(auto insert, database_->prepare(sql));
        insert.bind(grading.graded)
            .bind(grading.recording)
            .bind(std::int64_t{grading.copy.value})
            .bind(std::int64_t{grading.release.value})
            .bind(std::int64_t{grading.record.value})
            .bind(grading.side)
            .bind(grading.length.count())
            .bind(std::string(short_name(grading.grade)))
            .bind(grading.severity);
        for (const double probability : grading.probabilities) {
            insert.bind(probability);
        }
        insert.bind(grading.evidence);
        SPINDLE_TRY(const bool row, insert.step());
        if (!row) {
            return fail(Code::Failed, "the grading was not kept");
        }
        const std::int64_t id = insert.integer(0);
        SPINDLE_TRY_VOID(insert.step());
        return id;
    }

    Result<std::vector<StoredGrading>> gradings(const GradingFilter& filter) override {
        std::string sql = "SELECT id, ";
        sql += kColumns;
        sql += " FROM grading WHERE graded_ms >= ?1 AND (?2 = 0 OR copy_id = ?2)"
               " AND (?3 = 0 OR record_id = ?3) ORDER BY graded_ms DESC, id DESC";
        SPINDLE_TRY(auto select, database_->prepare(sql));
        select.bind(filter.since)
            .bind(std::int64_t{filter.copy.value})
            .bind(std::int64_t{filter.record.value});
        std::vector<StoredGrading> all;
        for (;;) {
            SPINDLE_TRY(const bool row, select.step());
            if (!row) {
                return all;
            }
            SPINDLE_TRY(auto grading, read_grading(select));
            all.push_back(std::move(grading));
        }
    }

    Result<void> remove(std::int64_t id) override {
        SPINDLE_TRY(auto remove, database_->prepare("DELETE FROM grading WHERE id = ?"));
        remove.bind(id);
        SPINDLE_TRY_VOID(remove.run());
        if (database_->changes() == 0) {
            return fail(Code::NotFound, "there is no grading {}; see: spindle grade list", id);
        }
        return {};
    }

private:
    std::unique_ptr<Database> database_;
};

} // namespace

Result<std::unique_ptr<GradeStore>> open_sqlite_gradings(const std::filesystem::path& data_folder,
                                                         Access access) {
    SPINDLE_TRY(auto database,
                open_library_database(data_folder, access,
                                      "nothing was graded yet; begin with: spindle grade FILE"));
    return std::make_unique<SqliteGradeStore>(std::move(database));
}

} // namespace spindle::store
