import { analyse, parseNetwork, type FileFault } from '../../../engine';
import type { EngineRequests, FileProblem, NetworkReading } from '../runs/engineRequests';
import { referenceProblems } from './referenceProblems';

/** Faults of a text with which something that was written is left out. */
const LOST: ReadonlySet<string> = new Set<FileFault['fault']>([
  'syntax',
  'wrongKind',
  'missingKey',
  'unknownType',
  'unknownLayer',
  'laterLayer',
]);

/** Reads a network's file and infers its shapes. Never throws, whatever the text. */
export function readNetwork({
  text,
  parameters,
  operands,
}: EngineRequests['network/read']['params']): NetworkReading {
  const { network, faults, source } = parseNetwork(text);
  const analysis = analyse(network, parameters && new Map(parameters.map(info => [info.name, info])));
  // Why there is no input shape is said already.
  const isUnread = network.input.shape.length === 0;
  const found = [...referenceProblems(network, operands), ...analysis.problems];
  // What does not fit in a layer of which something could not be read may follow from that: it is said once.
  const lost = faults.filter(({ fault }) => LOST.has(fault));
  const misread = new Set(lost.map(({ range }) => source.layerAt(range.offset)));
  const problems = [
    ...faults.map((fault): FileProblem => ({ ...fault, fixes: [] })),
    ...found
      .filter(({ fault }) => !(isUnread && fault === 'inputShape'))
      .filter(({ place }) => place.layer === undefined || !misread.has(place.layer))
      .map(({ place, ...problem }): FileProblem => ({ ...problem, range: source.rangeOf(place) })),
  ];
  problems.sort((a, b) => a.range.offset - b.range.offset);
  return { network, positions: source.positions, analysis, problems };
}
