/** Collects what a scan notices: one finding for each form of damage with its number and first place, not hundreds. */
import { createFinding, type FindingCode, type ParamsOf } from '../finding/catalogue.js';
import type { Finding, Subject } from '../finding/finding.js';
import type { PemDamage } from '../finding/pem.js';
import { consumersThatChoke, observedEffects, type PemForm } from './consumers.js';
import type { Position } from './position.js';

type NotedForm = PemForm | 'passed-over' | 'unknown-label';
type CodeOf<Form extends NotedForm> = `pem/${Form}` & FindingCode;
/** The params of a form beyond those that every form has. */
type Details<Form extends NotedForm> = Omit<ParamsOf<CodeOf<Form>>, keyof PemDamage>;

export interface Place {
  readonly offset: number;
  /** Label of the block that it concerns, if it is one. */
  readonly label?: string | undefined;
  /** 1-based number of that block. */
  readonly index?: number | undefined;
}

interface Note {
  readonly form: NotedForm;
  readonly place: Place;
  readonly details: object;
  count: number;
}

export interface DamageLog {
  readonly note: <Form extends NotedForm>(form: Form, place: Place, details: Details<Form>, count?: number) => void;
  readonly toFindings: () => Finding[];
}

/** What makes two notes one finding: the same form and label, unless a block was lost by it. */
function keyOf(form: NotedForm, place: Place, details: object): string {
  if ('read' in details && details.read === false) return `${form} ${place.offset}`;
  return 'label' in details ? `${form} ${String(details.label)}` : form;
}

/** Makes an empty log for one file; `position` tells where an offset stands in it. */
export function createDamageLog(file: string, position: (offset: number) => Position): DamageLog {
  const notes = new Map<string, Note>();
  return {
    note: (form, place, details, count = 1) => {
      const key = keyOf(form, place, details);
      const known = notes.get(key);
      if (known) known.count += count;
      else notes.set(key, { form, place, details, count });
    },
    toFindings: () => {
      const sorted = Array.from(notes.values()).sort((a, b) => a.place.offset - b.place.offset);
      return sorted.map(({ form, place, details, count }) => {
        const { line, column } = position(place.offset);
        const { label, index } = place;
        const subject: Subject =
          count === 1 && label !== undefined
            ? { kind: 'block', name: label || 'base64' }
            : { kind: 'file', name: file };
        const chokes = form in observedEffects ? consumersThatChoke(form as PemForm) : {};
        const params = { count, ...chokes, ...details } as ParamsOf<CodeOf<NotedForm>>;
        const origin = { file, line, ...(column > 1 && { column }), ...(index !== undefined && { index }) };
        return createFinding(`pem/${form}`, subject, params, { origin });
      });
    },
  };
}
