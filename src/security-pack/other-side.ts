/** The peer of a side. */
import type { Side } from './setting.js';

export const otherSide = (side: Side): Side => (side === 'server' ? 'client' : 'server');
