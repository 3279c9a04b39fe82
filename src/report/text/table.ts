/** Rows of cells as aligned columns without lines; wide and coloured characters count as the terminal shows them. */
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

/** ASCII and our own marks, one column each; whatever else turns up is measured by string-width, which takes long to load. */
const oneColumnEach = /^[ -~·–…→─└✓✗]*$/;

function measure(cell: string): number {
  if (oneColumnEach.test(cell)) return cell.length;
  const shown = stripVTControlCharacters(cell);
  return oneColumnEach.test(shown) ? shown.length : stringWidth(shown);
}

/** Columns two blanks apart, nothing behind the last character of a line; a row has as many lines as its longest cell. */
export function formatRows(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  const measured = rows.map((row) =>
    row.map((cell, column) =>
      cell.split('\n').map((line) => {
        const width = measure(line);
        widths[column] = Math.max(widths[column] ?? 0, width);
        return { line, width };
      }),
    ),
  );
  return measured.flatMap((cells) => {
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, at) =>
      cells
        .map((lines, column) => {
          const { line, width } = lines[at] ?? { line: '', width: 0 };
          return line + ' '.repeat((widths[column] ?? 0) - width);
        })
        .join('  ')
        .trimEnd(),
    );
  });
}
