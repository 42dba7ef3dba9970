import type { VNode } from 'preact';
import { columnsOf } from '../model/columns';
import type { RunModel } from '../model/runModel';
import { PictureCard } from './PictureCard';

/** The pictures of the step on show: where its numbers come from on the left, what becomes of them on the right. */
export function StepPictures({
  model,
  onMessage,
}: {
  model: RunModel;
  onMessage: (text: string) => void;
}): VNode {
  const step = model.run.steps[model.cursor.value];
  const columns = columnsOf(step, name => model.has(name));
  return (
    <div class={`pictures pictures-${columns.length}`}>
      {columns.map((names, i) => (
        <div key={i} class="picture-column">
          {names.map(name => (
            <PictureCard key={name} model={model} name={name} layer={step.layer} onMessage={onMessage} />
          ))}
        </div>
      ))}
    </div>
  );
}
