/** The one JSON document that every command prints: `output.schema.json` describes it. */
import { isOk, type Finding } from '../../finding/finding.js';
import { describeFinding } from '../wording/wording.js';

export interface Envelope {
  readonly tool: 'certwright';
  readonly version: string;
  readonly command: string;
  /** The instant that was judged by, ISO 8601. */
  readonly at: string;
  readonly ok: boolean;
  readonly findings: readonly RenderedFinding[];
  readonly result: object;
}

export interface RenderedFinding extends Finding {
  readonly message: string;
  readonly hint?: string;
}

/** A finding with its message and hint. */
export function renderFinding(finding: Finding): RenderedFinding {
  return { ...finding, ...describeFinding(finding) };
}

export function makeEnvelope(about: {
  readonly version: string;
  readonly command: string;
  readonly at: Date;
  readonly findings: readonly Finding[];
  readonly result: object;
}): Envelope {
  const { version, command, at, findings, result } = about;
  return {
    tool: 'certwright',
    version,
    command,
    at: at.toISOString(),
    ok: isOk(findings),
    findings: findings.map(renderFinding),
    result,
  };
}
