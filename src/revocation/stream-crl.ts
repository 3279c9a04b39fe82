/**
 * Reads one CRL of any size as its bytes come, in a window of fixed size: digest and scan in one pass.
 *
 * The window holds what is not used up yet: first the head, until the entries are found; then the entry that the last
 * block cut in two, with the next block behind it; in the end everything behind the entries. Each new byte goes into the
 * running digests of the signature once, and past the scan of `scan-entries.ts` once. What is kept of the CRL is its head,
 * its tail and the entries that were asked for, so that memory hangs on none of its lengths.
 *
 * This is the way for CRLs that are what they should be. One that is not — truncated, with lengths that do not fit, with a
 * head, an entry or a tail larger than the window, or of an algorithm that wants all bytes at once — is not judged by
 * second rules here: `unfit` says so, and the reader takes the file as a whole. A damaged entry is no such case: where it
 * stands and what is wrong is found by the same scan.
 */
import { startDigest, type FingerprintAlgorithm, type RunningDigest } from '../crypto/fingerprint.js';
import { startSignatureCheck, type RunningSignatureCheck } from '../crypto/signature.js';
import { toHex } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { equalAlgorithms } from '../x509/algorithm-identifier.js';
import { spkiKey } from '../x509/subject-public-key-info.js';
import { assembleCRL, layOutCRL, type CRLLayout } from './crl-layout.js';
import { conclude, sayCutOff } from './scan-crl.js';
import { startTally, type EntryTally } from './entry-tally.js';
import { scanEntries } from './scan-entries.js';
import { wantSerials, type WantedSerials } from './wanted-serials.js';
import type { StreamedCRL, StreamQuestions } from './streamed-crl.js';

/**
 * Bytes of the window: several thousand entries, small enough to stay in the processor's cache between decoding, digest
 * and scan. No head or tail of a real CRL comes near: they are a few hundred bytes, a thousand with long names.
 */
const windowSize = 512 * 1024;

/** Bytes that must be free for the next block: a line of PEM has 48. */
const leastRoom = 64;

export class CRLStream {
  /** The next bytes of the CRL are to be put at `filled`, and told to `accept`. */
  readonly window: Uint8Array;
  filled = 0;
  /** True once the CRL cannot be read in this way. */
  unfit = false;
  /** Where the window begins in the CRL. */
  private base = 0;
  private layout: CRLLayout | undefined;
  private readonly wanted: WantedSerials;
  private readonly tally: EntryTally = startTally();
  private damage: MalformedInputError | undefined;
  private readonly checks = new Map<string, RunningSignatureCheck>();
  private readonly digests: ReadonlyMap<FingerprintAlgorithm, RunningDigest>;

  constructor(
    private readonly questions: StreamQuestions,
    size = windowSize,
  ) {
    this.window = new Uint8Array(size);
    this.wanted = wantSerials(questions.serials);
    this.digests = new Map(questions.fingerprints.map((algorithm) => [algorithm, startDigest(algorithm)]));
  }

  /** How many bytes may be put into the window. */
  get room(): number {
    return this.window.length - this.filled;
  }

  /** Takes in `count` more bytes of the window. */
  accept(count: number): void {
    const { window, filled } = this;
    this.filled += count;
    for (const digest of this.digests.values()) digest.update(window.subarray(filled, this.filled));
    if (this.unfit) return;
    try {
      if (this.layout) this.read(this.layout, filled);
      else this.readHead();
    } catch (error) {
      if (!(error instanceof MalformedInputError)) throw error;
      this.unfit = true;
    }
    // Nothing was used up: the head, an entry or the tail is larger than the window.
    if (this.room < leastRoom) this.unfit = true;
  }

  /** The CRL with all answers, once its last byte was accepted; undefined where it is unfit. */
  finish(): StreamedCRL | undefined {
    const { layout, questions } = this;
    if (this.unfit || this.base !== layout?.revokedCertificates.end) return undefined;
    if (this.base + this.filled !== layout.size) return undefined;
    try {
      const crl = assembleCRL(layout, this.window.slice(0, this.filled));
      // The digest is that of the inner algorithm.
      if (!equalAlgorithms(crl.tbsCertList.signature, crl.signatureAlgorithm)) return undefined;
      const signatures = new Map(Array.from(this.checks, ([key, check]) => [key, check.finish(crl.signatureValue)]));
      const pass = {
        serials: new Set(questions.serials.map(toHex)),
        scan: this.damage ?? conclude(this.tally),
        undecodable: this.tally.undecodable,
        signatures,
        fingerprints: new Map(Array.from(this.digests, ([algorithm, digest]) => [algorithm, digest.finish()])),
      };
      return { ...crl, pass };
    } catch (error) {
      if (error instanceof MalformedInputError) return undefined;
      throw error;
    }
  }

  private readHead(): void {
    this.layout = layOutCRL(this.window.subarray(0, this.filled));
    if (!this.layout) return;
    const { signature, issuer } = this.layout.head;
    for (const key of this.questions.keysFor(issuer)) {
      const check = startSignatureCheck(signature, key);
      if (check) this.checks.set(spkiKey(key), check);
      else this.unfit = true;
    }
    this.read(this.layout, 0);
  }

  /** @param from where the bytes of the window begin that are new. */
  private read(layout: CRLLayout, from: number): void {
    const { tbsCertList, revokedCertificates: entries } = layout;
    this.sign(tbsCertList.start, tbsCertList.end, from);
    if (this.base === entries.end) return;
    const start = Math.max(entries.contentStart - this.base, 0);
    const end = Math.min(entries.end - this.base, this.filled);
    const isLast = this.base + end === entries.end;
    const stopped = end > start ? this.scan(start, end) : start;
    if (isLast && stopped < end) this.damage ??= sayCutOff(this.base + stopped);
    this.moveTo(isLast ? end : stopped);
  }

  private sign(tbsStart: number, tbsEnd: number, from: number): void {
    const start = Math.max(tbsStart - this.base, from);
    const end = Math.min(tbsEnd - this.base, this.filled);
    if (end <= start) return;
    const block = this.window.subarray(start, end);
    for (const check of this.checks.values()) check.update(block);
  }

  /** @returns where the first entry stands that is not whole; after damage nothing is looked at any more. */
  private scan(start: number, end: number): number {
    if (this.damage) return end;
    this.tally.base = this.base;
    try {
      return scanEntries(this.window, start, end, this.wanted, this.tally);
    } catch (error) {
      if (!(error instanceof MalformedInputError)) throw error;
      this.damage = error;
      return end;
    }
  }

  private moveTo(start: number): void {
    this.window.copyWithin(0, start, this.filled);
    this.base += start;
    this.filled -= start;
  }
}
