import type { LayerTypeName } from '../../engine';

/** The keys that one wants of a layer, behind its type, as a snippet; types without any need nothing more. */
export const SNIPPETS: Readonly<Partial<Record<LayerTypeName, string>>> = {
  conv: '"W": "${1:W1}", "b": "${2:b1}", "stride": ${3:1}, "pad": ${4:0}',
  maxpool: '"size": ${1:2}, "stride": ${2:2}',
  avgpool: '"size": ${1:2}, "stride": ${2:2}',
  leakyrelu: '"alpha": ${1:0.01}',
  affine: '"W": "${1:W1}", "b": "${2:b1}"',
  batchnorm: '"gamma": "${1:gamma}", "beta": "${2:beta}", "mean": "${3:mean}", "var": "${4:var}"',
  dropout: '"ratio": ${1:0.5}',
  add: '"from": ["$1", "$2"]',
  concat: '"from": ["$1", "$2"], "axis": ${3:1}',
  reshape: '"shape": ["N", ${1:-1}]',
  transpose: '"axes": [${1:0, 2, 3, 1}]',
  softmaxWithLoss: '"target": {"file": "$1", "array": "$2"}',
};

/** A whole network, for an empty file. */
export const NETWORK_SNIPPET = `{
  "name": "\${1:network}",
  "input": {"shape": ["N", \${2:1}, \${3:28}, \${4:28}]},
  "params": "\${5:params.pkl}",
  "layers": [
    {"type": "conv", "W": "\${6:W1}", "b": "\${7:b1}"},
    {"type": "relu"},
    {"type": "maxpool", "size": 2}$0
  ]
}`;
