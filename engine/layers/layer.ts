import { finish, paced, type Work } from '../kernels';
import type { Tensor } from '../tensor';

/** A layer that goes forward and back, at once or in slices that leave the event loop free. */
export abstract class Layer {
  /**
   * @param x (N, C, H, W)
   * @returns out
   * @throws ShapeError if x does not fit the layer
   */
  forward(x: Tensor): Tensor {
    return finish(this.forwardWork(x));
  }

  /** {@link forward} in slices. @throws ShapeError, CancelledError */
  forwardPaced(x: Tensor, signal?: AbortSignal): Promise<Tensor> {
    return paced(this.forwardWork(x), signal);
  }

  /**
   * @param dout gradient of the loss with respect to out, of out's shape
   * @returns dx, the gradient with respect to x (N, C, H, W)
   * @throws ShapeError if dout has not the shape of out, or nothing went forward
   */
  backward(dout: Tensor): Tensor {
    return finish(this.backwardWork(dout));
  }

  /** {@link backward} in slices. @throws ShapeError, CancelledError */
  backwardPaced(dout: Tensor, signal?: AbortSignal): Promise<Tensor> {
    return paced(this.backwardWork(dout), signal);
  }

  protected abstract forwardWork(x: Tensor): Work<Tensor>;
  protected abstract backwardWork(dout: Tensor): Work<Tensor>;
}
