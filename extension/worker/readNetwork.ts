import { analyse, parseNetwork } from '../../engine';
import type { EngineRequests, FileProblem, NetworkReading } from './engineRequests';
import { referenceProblems } from './referenceProblems';

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
  const problems = [
    ...faults.map((fault): FileProblem => ({ ...fault, fixes: [] })),
    ...found
      .filter(({ fault }) => !(isUnread && fault === 'inputShape'))
      .map(({ place, ...problem }): FileProblem => ({ ...problem, range: source.rangeOf(place) })),
  ];
  problems.sort((a, b) => a.range.offset - b.range.offset);
  return { network, positions: source.positions, analysis, problems };
}
