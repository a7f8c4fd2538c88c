// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/clock_check.h"

namespace spindle::app {

std::vector<Diagnosis> check_clock(const Examination& examination) {
    switch (read_clocks(examination.clocks).trust) {
    case ClockTrust::Synchronized:
        return {{"clock", Health::Good, "the wall clock is set by a time server"}};
    case ClockTrust::Unconfirmed:
        return {{"clock", Health::Notice,
                 "the wall clock may be right, but no time server has confirmed it since the "
                 "machine was started; see: timedatectl (sudo timedatectl set-ntp true)"}};
    case ClockTrust::Wrong:
        break;
    }
    return {
        {"clock", Health::Bad,
         "the wall clock is wrong by months or more; plays are kept and dated once it is right: "
         "sudo timedatectl set-ntp true, and let the machine reach the network"}};
}

} // namespace spindle::app
