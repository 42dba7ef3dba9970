/** Whether the user asked for less motion, in VS Code or in the operating system. Then nothing plays by itself. */
export function prefersReducedMotion(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') ||
    matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}
