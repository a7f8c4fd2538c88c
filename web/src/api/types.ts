// SPDX-License-Identifier: Apache-2.0
// Names for the documents of the contract (contract.d.ts is made from src/server/openapi.yaml).
import type { components } from './contract';

type Schemas = components['schemas'];

export type Candidate = Schemas['DiscCandidate'];
export type CatalogState = Schemas['CatalogState'];
export type Copy = Schemas['Copy'];
export type Correction = Schemas['Correction'];
export type CatalogJob = Schemas['CatalogJob'];
export type Device = Schemas['Device'];
export type Disc = Schemas['Disc'];
export type DumpOffer = Schemas['DumpOffer'];
export type Dumps = Schemas['Dumps'];
export type Folder = Schemas['Folder'];
export type Grading = Schemas['Grading'];
export type GradingJob = Schemas['GradingJob'];
export type GradeDefinition = Schemas['GradeDefinition'];
export type Health = Schemas['Health'];
export type Job = Schemas['Job'];
export type JobError = NonNullable<Schemas['JobError']>;
export type Kept = Schemas['Kept'];
export type Listening = Schemas['Listening'];
export type LookJob = Schemas['LookJob'];
export type NewImport = Schemas['NewImport'];
export type NowPlaying = Schemas['NowPlaying'];
export type Outbox = Schemas['Outbox'];
export type Pairing = Schemas['Pairing'];
export type Photo = Schemas['Photo'];
export type PhotoSeen = Schemas['PhotoSeen'];
export type Play = Schemas['Play'];
export type PlaysSummary = Schemas['PlaysSummary'];
export type Pressing = Schemas['Pressing'];
export type Progress = Schemas['Progress'];
export type Quad = Schemas['Quad'];
export type QueuedListen = Schemas['QueuedListen'];
export type Quote = Schemas['Quote'];
export type Scan = Schemas['Scan'];
export type ScanJob = Schemas['ScanJob'];
export type Session = Schemas['Session'];
export type Settings = Schemas['Settings'];
export type SpinesFound = Schemas['SpinesFound'];
export type Stylus = Schemas['Stylus'];
export type UnknownMusic = Schemas['UnknownMusic'];
export type UnknownSession = Schemas['UnknownSession'];
export type Waveform = Schemas['Waveform'];
export type Wish = Schemas['Wish'];
export type Worth = Schemas['Worth'];

/** A group of pressings that fits what was looked for, as of `spindle catalog search --json`. */
export interface CatalogGroup {
  readonly probability: number;
  readonly artist: string;
  readonly title: string;
  readonly all_pressings: number;
  readonly pressings: readonly CatalogPressing[];
}

export interface CatalogPressing {
  readonly release_id: number;
  readonly labels?: readonly { readonly label: string; readonly catno: string }[];
  readonly format?: string;
  readonly country?: string;
  readonly year?: number | null;
  readonly barcodes?: readonly string[];
}
