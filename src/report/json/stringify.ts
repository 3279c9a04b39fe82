/** JSON that is safe to look at: what a terminal may act upon is written as an escape. */

/**
 * As JSON.stringify does, with control, formatting and other invisible characters beyond ASCII escaped too (RFC 8259 7
 * asks for that below U+0020 alone): a parser gives the same text, a terminal shows no surprise.
 */
export function stringifyJSON(value: object, indent?: number): string {
  const json = JSON.stringify(value, null, indent);
  if (/^[\n\x20-\x7e]*$/.test(json)) return json;
  return json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
