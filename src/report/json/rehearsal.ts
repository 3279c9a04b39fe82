/** The `result` of `certwright rehearse --json`. */
import type { Rehearsal, RehearsalResult, SideError, SideReport } from '../../handshake/rehearsal.js';
import type { Configuration } from '../../security-pack/configuration.js';
import { summarizeCertificate } from './certificate.js';
import { renderFinding } from './envelope.js';
import { renderTargetCheck } from './host.js';
import { viewSide } from './preflight.js';

function viewError({ explainedBy, ...error }: SideError): object {
  return { ...error, explainedBy: explainedBy.map(renderFinding) };
}

function viewReport({ received, receivedIsWhole, unreadable, verdict, errors, isStandIn }: SideReport): object {
  return {
    verdict,
    isStandIn,
    received: received.map(summarizeCertificate),
    receivedIsWhole,
    unreadable: unreadable.map(renderFinding),
    errors: errors.map(viewError),
  };
}

function viewRehearsal(rehearsal: Rehearsal): object {
  const { target, serverName, connected, protocol, cipher, server, client, nameCheck, revocation } = rehearsal;
  return {
    connected,
    ...(target !== undefined && { target }),
    ...(serverName !== undefined && { serverName }),
    ...(protocol !== undefined && { protocol }),
    ...(cipher !== undefined && { cipher }),
    server: viewReport(server),
    client: viewReport(client),
    ...(nameCheck?.check && { nameCheck: renderTargetCheck(nameCheck.check) }),
    revocation,
  };
}

/** One handshake a target, with what each side received, said and met. */
export function viewRehearsals({ rehearsals }: RehearsalResult, { server, client }: Configuration): object {
  return {
    ...(server && { server: viewSide(server) }),
    ...(client && { client: viewSide(client) }),
    rehearsals: rehearsals.map(viewRehearsal),
  };
}
