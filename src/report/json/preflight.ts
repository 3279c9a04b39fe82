/** The `result` of `certwright preflight --json`. */
import type { Check } from '../../security-pack/check.js';
import type { Configuration, SideConfiguration } from '../../security-pack/configuration.js';
import type { Direction } from '../../security-pack/verdicts/direction.js';
import type { Expiry } from '../../security-pack/expiries.js';
import type { Mending } from '../../security-pack/mend.js';
import type { PreflightResult } from '../../security-pack/preflight.js';
import { describeCheck } from '../wording/checks.js';
import { summarizeCertificate } from './certificate.js';
import { renderFinding } from './envelope.js';
import { renderTargetCheck } from './host.js';

function viewCheck(check: Check): object {
  const { name, group, side, outcome, params, findings } = check;
  return { name, group, side, outcome, message: describeCheck(check), params, findings: findings.map(renderFinding) };
}

export function viewSide({ side, platform, packVersion, application, options }: SideConfiguration): object {
  const { mutual, nameCheck, protocols } = options;
  return {
    side,
    platform,
    ...(packVersion !== undefined && { packVersion }),
    application,
    nameCheck,
    ...(side === 'server' && { mutual }),
    protocols,
  };
}

function viewDirection({ presenter, verifier, sent, result, hostChecks }: Direction): object {
  return {
    presenter,
    verifier,
    sent: sent.map(summarizeCertificate),
    ...(result && { ok: result.ok, path: result.path.map(summarizeCertificate) }),
    hosts: hostChecks.map(renderTargetCheck),
  };
}

function viewExpiry({ side, kind, name, origin, instant }: Expiry): object {
  return { side, kind, name, ...(origin && { origin }), until: instant.toISOString() };
}

function viewMending({ files, corrections, missingTrust }: Mending, written: readonly string[]): object {
  return {
    files: files.map(({ side, kind, setting, path, sources, completedFrom, count }) => ({
      side,
      kind,
      option: setting.name,
      path,
      sources,
      completedFrom,
      count,
    })),
    corrections,
    missingTrust: missingTrust.map(({ side, bundle, root }) => ({
      side,
      ...(bundle !== undefined && { bundle }),
      root: summarizeCertificate(root),
    })),
    written,
  };
}

/** Every check with its message, what travels in each direction, what ends when, and what mends it. */
export function viewPreflight(
  { checks, directions, expiries }: PreflightResult,
  { server, client, targets, revocation }: Configuration,
  mending: Mending,
  written: readonly string[],
): object {
  return {
    ...(server && { server: viewSide(server) }),
    ...(client && { client: viewSide(client) }),
    targets,
    revocation,
    checks: checks.map(viewCheck),
    directions: directions.map(viewDirection),
    expiries: expiries.map(viewExpiry),
    mending: viewMending(mending, written),
  };
}
