import type { RefObject, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { themeAt, themeChanges, type CanvasTheme } from './theme';

/** What a painter is given: a cleared canvas that covers what is seen of the content. Lengths are CSS pixels. */
export interface Frame {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly devicePixelRatio: number;
  readonly scrollLeft: number;
  readonly scrollTop: number;
  readonly theme: CanvasTheme;
  /** Nothing but what is scrolled to has changed since the painter was called last. */
  readonly onlyScrolled: boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface CanvasViewportProps {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Seen part of the content, from {@link useClientSize}. */
  readonly size: Size;
  /** What can be scrolled through. */
  readonly spacer: Size;
  /** Draws the values. Called when this function, the size, the theme or what is scrolled to changes. */
  readonly paint: (frame: Frame) => void;
  /**
   * Draws what follows the pointer, on a canvas of its own above the values. Called after `paint`, and when it changes.
   * Left out while there is nothing to draw: an empty canvas over the values costs as much as a full one.
   */
  readonly paintOverlay: ((frame: Frame) => void) | undefined;
  readonly label: string;
  /** The pointer is at a point of the viewport; `undefined` when it leaves. */
  onPoint(point: Point | undefined): void;
  onClick(point: Point): void;
  /** The pointer was pressed with Shift at one point and is now at another. */
  onDrag?(from: Point, to: Point): void;
  onKeyDown(event: KeyboardEvent): void;
  /** @param byKeyboard whether the focus came by Tab rather than by a click */
  onFocus(byKeyboard: boolean): void;
  onBlur(): void;
  /** Ctrl and the wheel, or a pinch. */
  onZoom(direction: 1 | -1, point: Point): void;
}

/** A scrollable area with native scroll bars whose content is drawn on canvases that stay in view. */
export function CanvasViewport(props: CanvasViewportProps): VNode {
  const { scroller, size, spacer, paint, paintOverlay, label } = props;
  const values = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const themeVersion = themeChanges.value;

  const theme = useRef<CanvasTheme>(undefined); // reading it takes longer than a frame of scrolling may
  const requestDraw = useDraw((what: Changed) => {
    const element = scroller.current;
    if (!element) return;
    const onlyScrolled = what !== 'everything' && theme.current !== undefined;
    if (!onlyScrolled) theme.current = themeAt(element);
    const shared = { theme: theme.current ?? themeAt(element), onlyScrolled };
    if (what !== 'overlay') drawOn(values.current, element, paint, shared);
    if (paintOverlay) drawOn(overlay.current, element, paintOverlay, shared);
  });
  useLayoutEffect(() => requestDraw('everything'), [paint, size, themeVersion]);
  useLayoutEffect(() => requestDraw('overlay'), [paintOverlay]);
  useZoomWheel(scroller, props.onZoom);
  const drag = useShiftDrag(props.onDrag);

  return (
    <div
      ref={scroller}
      class="picture-viewport"
      role="application"
      tabIndex={0}
      aria-label={label}
      onScroll={() => requestDraw('scroll')}
      onPointerDown={drag.down}
      onPointerMove={event => {
        props.onPoint(pointOf(event));
        drag.move(event);
      }}
      onPointerUp={drag.up}
      onPointerLeave={() => props.onPoint(undefined)}
      onClick={event => {
        if (!(props.onDrag && event.shiftKey)) props.onClick(pointOf(event));
      }}
      onKeyDown={event => props.onKeyDown(event)}
      onFocus={event => props.onFocus(event.currentTarget.matches(':focus-visible'))}
      onBlur={() => props.onBlur()}
    >
      <div class="picture-spacer" style={{ width: `${spacer.width}px`, height: `${spacer.height}px` }}>
        <div class="picture-canvases">
          <canvas ref={values} />
          <canvas ref={overlay} hidden={!paintOverlay} />
        </div>
      </div>
    </div>
  );
}

/** Size of an element's inside, without its scroll bars; 0 × 0 before it is laid out. */
export function useClientSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = target;
      setSize(old => (old.width === width && old.height === height ? old : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return size;
}

/** What a drawing has to show that the last one did not; each includes those before it. */
const CHANGES = ['overlay', 'scroll', 'everything'] as const;
type Changed = (typeof CHANGES)[number];

/** @returns asks for a drawing; all that is asked for before the next frame is drawn once */
function useDraw(draw: (what: Changed) => void): (what: Changed) => void {
  const latest = useRef(draw);
  latest.current = draw;
  const waiting = useRef({ frame: 0, most: 0 });
  useEffect(() => () => cancelAnimationFrame(waiting.current.frame), []);
  return what => {
    const state = waiting.current;
    state.most = Math.max(state.most, CHANGES.indexOf(what));
    state.frame ||= requestAnimationFrame(() => {
      const { most } = state;
      state.frame = 0;
      state.most = 0;
      latest.current(CHANGES[most]);
    });
  };
}

function drawOn(
  canvas: HTMLCanvasElement | null,
  scroller: HTMLElement,
  paint: (frame: Frame) => void,
  { theme, onlyScrolled }: Pick<Frame, 'theme' | 'onlyScrolled'>,
): void {
  const context = canvas?.getContext('2d');
  const { clientWidth: width, clientHeight: height, scrollLeft, scrollTop } = scroller;
  if (!canvas || !context || width === 0 || height === 0) return;
  const backingWidth = Math.round(width * devicePixelRatio);
  const backingHeight = Math.round(height * devicePixelRatio);
  const isResized = canvas.width !== backingWidth || canvas.height !== backingHeight;
  if (isResized) {
    canvas.width = backingWidth;
    canvas.height = backingHeight;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  paint({
    context,
    width,
    height,
    devicePixelRatio,
    scrollLeft,
    scrollTop,
    theme,
    onlyScrolled: onlyScrolled && !isResized,
  });
}

/** Handlers for a drag with Shift held; it goes on outside of the element until the button is let go. */
function useShiftDrag(onDrag: CanvasViewportProps['onDrag']): {
  down(event: PointerEvent): void;
  move(event: PointerEvent): void;
  up(): void;
} {
  const from = useRef<Point>(undefined);
  return {
    down(event) {
      if (!onDrag || !event.shiftKey || event.button !== 0) return;
      from.current = pointOf(event);
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      event.preventDefault(); // no text is to be selected
    },
    move(event) {
      if (from.current) onDrag?.(from.current, pointOf(event));
    },
    up() {
      from.current = undefined;
    },
  };
}

/** Preact's handlers are passive for the wheel, and the page would zoom, too. */
function useZoomWheel(
  element: RefObject<HTMLElement | null>,
  onZoom: (direction: 1 | -1, point: Point) => void,
): void {
  const latest = useRef(onZoom);
  latest.current = onZoom;
  useEffect(() => {
    const listener = (event: WheelEvent): void => {
      if (!event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      latest.current(event.deltaY < 0 ? 1 : -1, pointOf(event));
    };
    const target = element.current;
    target?.addEventListener('wheel', listener, { passive: false });
    return () => target?.removeEventListener('wheel', listener);
  }, []);
}

function pointOf(event: MouseEvent): Point {
  const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}
