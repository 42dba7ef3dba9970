import type { VNode } from 'preact';
import type { RunModel } from '../model/runModel';
import { PictureCard } from './PictureCard';

/** The pictures of what is on show: where its numbers come from on the left, what becomes of them on the right. */
export function StepPictures({
  model,
  onMessage,
}: {
  model: RunModel;
  onMessage: (text: string) => void;
}): VNode {
  const { columns, layer } = model.showing.value;
  return (
    <div class={`pictures pictures-${columns.length}`}>
      {columns.map((names, i) => (
        <div key={i} class="picture-column">
          {names.map(name => (
            <PictureCard key={name} model={model} name={name} layer={layer} onMessage={onMessage} />
          ))}
        </div>
      ))}
    </div>
  );
}
