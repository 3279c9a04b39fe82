/** The cases of C2SP x509-limbo, as far as the conformance folder has them. */
import { parseCertificate, type Certificate } from '../../src/x509/certificate.js';
import { MalformedInputError } from '../../src/finding/malformed-input.js';
import { conformance, readConformanceJSON } from './conformance.js';

export interface LimboCase {
  readonly id: string;
  readonly conflicts_with: readonly string[];
  readonly features: readonly string[];
  readonly validation_kind: 'SERVER' | 'CLIENT';
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  /** null: now. */
  readonly validation_time: string | null;
  readonly extended_key_usage: readonly string[];
  readonly expected_result: 'SUCCESS' | 'FAILURE';
  readonly expected_peer_name: { readonly kind: string; readonly value: string } | null;
  readonly max_chain_depth: number | null;
  readonly crls: readonly string[];
}

export function limboCases(): readonly LimboCase[] {
  if (!conformance.available) return [];
  return (readConformanceJSON('limbo/limbo.json') as { readonly testcases: readonly LimboCase[] }).testcases;
}

/** The DER of one PEM block. */
export function decodePem(pem: string): Uint8Array {
  return Uint8Array.from(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'));
}

/** Those of the certificates that can be read; `file` becomes their origin. */
export function parseLimboCertificates(pems: readonly string[], file: string): Certificate[] {
  return pems.flatMap((pem, position) => {
    try {
      return [parseCertificate(decodePem(pem), { file, index: position + 1 })];
    } catch (error) {
      if (error instanceof MalformedInputError) return [];
      throw error;
    }
  });
}
