/** The `result` of `certwright bundle …` with `--json`. */
import type { BundleDiff, Succession } from '../../bundle/diff-bundles.js';
import type { BundleCheck } from '../../bundle/check-bundle.js';
import type { Members } from '../../bundle/inspect-members.js';
import type { PeerVerdict } from '../../bundle/judge-peer.js';
import type { ListedFile } from '../../bundle/list-bundle.js';
import type { BundleLeftOut } from '../../bundle/sift.js';
import { formatPublicKey } from '../../crypto/public-key.js';
import type { Certificate } from '../../x509/certificate.js';
import { summarizeCertificate } from './certificate.js';

const summarize = (certificates: readonly Certificate[]): object[] => certificates.map(summarizeCertificate);

function viewLeftOut(leftOut: readonly BundleLeftOut[]): object[] {
  return leftOut.map(({ certificate, reason }) => ({ ...summarizeCertificate(certificate), reason }));
}

/** A bundle that was built: its members in their order, and where or as what it was written. */
export function viewBuiltBundle(built: {
  readonly certificates: readonly Certificate[];
  readonly leftOut: readonly BundleLeftOut[];
  readonly format: string;
  /** The files that were written. */
  readonly written: readonly string[];
  /** The bundle as text, where it went to no file. */
  readonly pem?: string | undefined;
}): object {
  const { certificates, leftOut, format, written, pem } = built;
  return {
    certificates: summarize(certificates),
    leftOut: viewLeftOut(leftOut),
    format,
    written,
    ...(pem !== undefined && { pem }),
  };
}

/** What was added to a bundle and taken out of it. */
export function viewEditedBundle(edited: {
  readonly file: string;
  readonly added: readonly Certificate[];
  readonly removed: readonly Certificate[];
  readonly leftOut: readonly BundleLeftOut[];
  readonly written: readonly string[];
}): object {
  const { file, added, removed, leftOut, written } = edited;
  return { file, added: summarize(added), removed: summarize(removed), leftOut: viewLeftOut(leftOut), written };
}

export function viewBundleList(files: readonly ListedFile[]): object {
  return {
    files: files.map(({ file, certificates }) => ({
      file,
      certificates: certificates.map(({ certificate, position, key, role }) => ({
        ...summarizeCertificate(certificate),
        position,
        role,
        key: formatPublicKey(key),
      })),
    })),
  };
}

function viewSuccessions(successions: readonly Succession[]): object[] {
  return successions.map(({ before, after }) => ({
    before: summarizeCertificate(before),
    after: summarizeCertificate(after),
  }));
}

export function viewBundleDiff({ added, removed, renewed, replaced, unchanged }: BundleDiff): object {
  return {
    added: summarize(added),
    removed: summarize(removed),
    renewed: viewSuccessions(renewed),
    replaced: viewSuccessions(replaced),
    unchanged: unchanged.length,
  };
}

function viewPeer({ leaf, trusted, path, fault }: PeerVerdict): object {
  return { leaf: summarizeCertificate(leaf), trusted, ...(fault && { fault }), path: summarize(path) };
}

function viewMembers({ roots, intermediates, others }: Members): object {
  return { roots: summarize(roots), intermediates: summarize(intermediates), others: summarize(others) };
}

/** @param fit nothing is wrong with the bundle itself, its file included. */
export function viewBundleCheck({ members, peers }: BundleCheck, fit: boolean): object {
  return { fit, ...viewMembers(members), peers: peers.map(viewPeer) };
}
