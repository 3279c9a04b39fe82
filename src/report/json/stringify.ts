/** JSON that is safe to look at: what a terminal may act upon is written as an escape. */

/**
 * As JSON.stringify does, with control, formatting and other invisible characters beyond ASCII escaped too (RFC 8259 7
 * asks for that below U+0020 alone): a parser gives the same text, a terminal shows no surprise.
 */
export function stringifyJSON(value: object, indent?: number): string {
  return escapeInJSON(JSON.stringify(value, null, indent));
}

function escapeInJSON(json: string): string {
  if (/^[\n\x20-\x7e]*$/.test(json)) return json;
  return json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** How deep lists and objects are taken apart: an envelope, its result, the lists in that. */
const depth = 3;

/** The same in parts: the whole of a long result is more than a string can hold. */
export function stringifyInParts(value: object, indent = 0): Generator<string> {
  return partsOf(value, indent, 0);
}

/** @param level how many lists and objects are around it. */
function* partsOf(value: unknown, indent: number, level: number): Generator<string> {
  const lineOf = (levels: number): string => (indent > 0 ? `\n${' '.repeat(indent * levels)}` : '');
  if (level === depth || typeof value !== 'object' || value === null || 'toJSON' in value) {
    const json = value === undefined ? 'null' : JSON.stringify(value, null, indent);
    // No string of JSON has a line end of its own.
    yield escapeInJSON(json.replaceAll('\n', lineOf(level)));
    return;
  }
  const isList = Array.isArray(value);
  const members = Object.entries(value).filter(([, member]) => isList || member !== undefined);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  let before = open;
  for (const [name, member] of members) {
    const label = isList ? '' : escapeInJSON(`${JSON.stringify(name)}:${indent > 0 ? ' ' : ''}`);
    yield before + lineOf(level + 1) + label;
    yield* partsOf(member, indent, level + 1);
    before = ',';
  }
  yield members.length === 0 ? open + close : lineOf(level) + close;
}
