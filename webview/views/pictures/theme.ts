import { signal } from '@preact/signals';

/** The colours and the font that a canvas, which knows no CSS, draws with. */
export interface CanvasTheme {
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  /** Shown where values have not arrived yet. */
  readonly waiting: string;
  /** The colour of the array's role. */
  readonly role: string;
  readonly focus: string;
  readonly fontFamily: string;
  readonly highContrast: boolean;
}

/** Counts the changes of the theme; reading it makes a component render again on each. */
export const themeChanges = signal(0);

// VS Code puts its colours on <html> and the theme's kind on <body>.
const observer = new MutationObserver(() => themeChanges.value++);
observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-kind'] });

/** The theme as it is at an element (the role's colour is inherited). */
export function themeAt(element: Element): CanvasTheme {
  const style = getComputedStyle(element);
  const token = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  return {
    background: token('--vscode-editor-background', 'Canvas'),
    foreground: token('--vscode-editor-foreground', 'CanvasText'),
    muted: token('--vscode-descriptionForeground', 'CanvasText'),
    waiting: token('--vscode-editorWidget-background', 'Canvas'),
    role: token('--role-color', 'Highlight'),
    focus: token('--vscode-focusBorder', 'Highlight'),
    fontFamily: token('--vscode-editor-font-family', 'monospace'),
    highContrast: document.body.classList.contains('vscode-high-contrast'),
  };
}
