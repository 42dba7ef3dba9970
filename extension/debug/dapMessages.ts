import type { DebugProtocol } from '@vscode/debugprotocol';

/** What a debug configuration of the type `cnn` says. */
export interface LaunchArguments extends DebugProtocol.LaunchRequestArguments {
  /** The network's file: a path, or a URI. */
  readonly network: string;
  readonly backward?: boolean;
  readonly batch?: number;
  readonly stopOnEntry?: boolean;
  /** A file of reference arrays: `saved['name']` in expressions. */
  readonly saved?: string;
}

/** The requests that are answered: what is asked, and the body of the answer. */
interface DapRequests {
  initialize: [DebugProtocol.InitializeRequestArguments, DebugProtocol.Capabilities];
  launch: [LaunchArguments, void];
  configurationDone: [DebugProtocol.ConfigurationDoneArguments, void];
  restart: [DebugProtocol.RestartArguments, void];
  terminate: [DebugProtocol.TerminateArguments, void];
  disconnect: [DebugProtocol.DisconnectArguments, void];
  cancel: [DebugProtocol.CancelArguments, void];

  threads: [object, DebugProtocol.ThreadsResponse['body']];
  stackTrace: [DebugProtocol.StackTraceArguments, DebugProtocol.StackTraceResponse['body']];
  scopes: [DebugProtocol.ScopesArguments, DebugProtocol.ScopesResponse['body']];
  variables: [DebugProtocol.VariablesArguments, DebugProtocol.VariablesResponse['body']];
  evaluate: [DebugProtocol.EvaluateArguments, DebugProtocol.EvaluateResponse['body']];
  completions: [DebugProtocol.CompletionsArguments, DebugProtocol.CompletionsResponse['body']];
  setVariable: [DebugProtocol.SetVariableArguments, DebugProtocol.SetVariableResponse['body']];
  setExpression: [DebugProtocol.SetExpressionArguments, DebugProtocol.SetExpressionResponse['body']];
  readMemory: [DebugProtocol.ReadMemoryArguments, DebugProtocol.ReadMemoryResponse['body']];
  exceptionInfo: [DebugProtocol.ExceptionInfoArguments, DebugProtocol.ExceptionInfoResponse['body']];

  setBreakpoints: [DebugProtocol.SetBreakpointsArguments, DebugProtocol.SetBreakpointsResponse['body']];
  setFunctionBreakpoints: [
    DebugProtocol.SetFunctionBreakpointsArguments,
    DebugProtocol.SetFunctionBreakpointsResponse['body'],
  ];
  setExceptionBreakpoints: [
    DebugProtocol.SetExceptionBreakpointsArguments,
    DebugProtocol.SetExceptionBreakpointsResponse['body'],
  ];
  dataBreakpointInfo: [
    DebugProtocol.DataBreakpointInfoArguments,
    DebugProtocol.DataBreakpointInfoResponse['body'],
  ];
  setDataBreakpoints: [
    DebugProtocol.SetDataBreakpointsArguments,
    DebugProtocol.SetDataBreakpointsResponse['body'],
  ];
  breakpointLocations: [
    DebugProtocol.BreakpointLocationsArguments,
    DebugProtocol.BreakpointLocationsResponse['body'],
  ];

  next: [DebugProtocol.NextArguments, void];
  stepIn: [DebugProtocol.StepInArguments, void];
  stepOut: [DebugProtocol.StepOutArguments, void];
  stepBack: [DebugProtocol.StepBackArguments, void];
  continue: [DebugProtocol.ContinueArguments, DebugProtocol.ContinueResponse['body']];
  reverseContinue: [DebugProtocol.ReverseContinueArguments, void];
  pause: [DebugProtocol.PauseArguments, void];
  restartFrame: [DebugProtocol.RestartFrameArguments, void];
  gotoTargets: [DebugProtocol.GotoTargetsArguments, DebugProtocol.GotoTargetsResponse['body']];
  goto: [DebugProtocol.GotoArguments, void];
}

/** For each request the function that answers it; what it throws is told as the reason of a refusal. */
export type DapHandlers = {
  readonly [K in keyof DapRequests]: (
    args: DapRequests[K][0],
    signal: AbortSignal,
  ) => Promise<DapRequests[K][1]> | DapRequests[K][1];
};

/** The events that are sent, with their bodies. */
export interface DapEvents {
  initialized: undefined;
  stopped: DebugProtocol.StoppedEvent['body'];
  continued: DebugProtocol.ContinuedEvent['body'];
  terminated: DebugProtocol.TerminatedEvent['body'];
  output: DebugProtocol.OutputEvent['body'];
  breakpoint: DebugProtocol.BreakpointEvent['body'];
  progressStart: DebugProtocol.ProgressStartEvent['body'];
  progressUpdate: DebugProtocol.ProgressUpdateEvent['body'];
  progressEnd: DebugProtocol.ProgressEndEvent['body'];
}
