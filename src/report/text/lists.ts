/** Long lists in few lines. */

/** Entries of a list that are shown unless somebody asks for all. */
const shown = 8;
/** Columns that a list may take behind its label. */
const width = 84;

/** Items with commas between them, wrapped between items; an item that is longer than a line stays whole. */
function wrapItems(items: readonly string[]): string {
  const lines: string[] = [];
  items.forEach((item, position) => {
    const piece = position < items.length - 1 ? `${item},` : item;
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + piece.length <= width) lines[lines.length - 1] = `${line} ${piece}`;
    else lines.push(piece);
  });
  return lines.join('\n');
}

/** The whole list, or its beginning and how many more there are. */
export function formatList(items: readonly string[], all: boolean): string {
  // One more is no longer than the words that would stand for it.
  if (all || items.length <= shown + 1) return wrapItems(items);
  return wrapItems([...items.slice(0, shown), `and ${items.length - shown} more (--verbose shows all)`]);
}
