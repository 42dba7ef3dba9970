import { roundLanes } from './lanes';
import { exp, quotient, tanh } from './exponential';

/*
 * The functions of ../cellFunction.ts. Their classes have no fields and no objects: a loop that is compiled for one of them
 * has it inside.
 */

/** A function of lanes of type P, made of numbers of type T. Its factors are float64. */
@unmanaged
export class CellFunction<T, P> {
  of(a: v128, b: v128, factors: usize): v128 {
    return a;
  }
}

@unmanaged
export class Add<T, P> extends CellFunction<T, P> {
  of(a: v128, b: v128, factors: usize): v128 {
    return v128.add<P>(a, b);
  }
}

@unmanaged
export class Rectify<T, P> extends CellFunction<T, P> {
  of(through: v128, x: v128, factors: usize): v128 {
    return v128.andnot(through, v128.le<P>(x, v128.splat<P>(0 as P)));
  }
}

@unmanaged
export class RectifyLeakily<T, P> extends CellFunction<T, P> {
  of(through: v128, x: v128, factors: usize): v128 {
    const small = v128.mul<P>(factor<P>(factors, 0), through);
    return v128.bitselect(small, through, v128.le<P>(x, v128.splat<P>(0 as P)));
  }
}

@unmanaged
export class Sigmoid<T, P> extends CellFunction<T, P> {
  of(x: v128, b: v128, factors: usize): v128 {
    const power = rounded<T, P>(exp<P>(v128.neg<P>(x)));
    return quotient<P>(one<P>(), v128.add<P>(one<P>(), power));
  }
}

@unmanaged
export class SigmoidGradient<T, P> extends CellFunction<T, P> {
  of(dout: v128, out: v128, factors: usize): v128 {
    return v128.mul<P>(v128.mul<P>(dout, v128.sub<P>(one<P>(), out)), out);
  }
}

@unmanaged
export class Tanh<T, P> extends CellFunction<T, P> {
  of(x: v128, b: v128, factors: usize): v128 {
    return tanh<P>(x);
  }
}

@unmanaged
export class TanhGradient<T, P> extends CellFunction<T, P> {
  of(dout: v128, out: v128, factors: usize): v128 {
    return v128.mul<P>(dout, v128.sub<P>(one<P>(), v128.mul<P>(out, out)));
  }
}

@unmanaged
export class Scale<T, P> extends CellFunction<T, P> {
  of(x: v128, b: v128, factors: usize): v128 {
    return v128.mul<P>(x, factor<P>(factors, 0));
  }
}

@unmanaged
export class Standardise<T, P> extends CellFunction<T, P> {
  of(x: v128, b: v128, factors: usize): v128 {
    return quotient<P>(v128.sub<P>(x, factor<P>(factors, 0)), factor<P>(factors, 1));
  }
}

@unmanaged
export class Normalise<T, P> extends CellFunction<T, P> {
  of(x: v128, b: v128, factors: usize): v128 {
    const xn = quotient<P>(v128.sub<P>(x, factor<P>(factors, 0)), factor<P>(factors, 1));
    const scaled = v128.mul<P>(factor<P>(factors, 2), rounded<T, P>(xn));
    return v128.add<P>(rounded<T, P>(scaled), factor<P>(factors, 3));
  }
}

@unmanaged
export class NormaliseGradient<T, P> extends CellFunction<T, P> {
  of(dout: v128, b: v128, factors: usize): v128 {
    const dxn = v128.mul<P>(dout, factor<P>(factors, 0));
    return quotient<P>(rounded<T, P>(dxn), factor<P>(factors, 1));
  }
}

@unmanaged
export class ExpBelow<T, P> extends CellFunction<T, P> {
  of(x: v128, b: v128, factors: usize): v128 {
    return exp<P>(rounded<T, P>(v128.sub<P>(x, factor<P>(factors, 0))));
  }
}

@unmanaged
export class Divide<T, P> extends CellFunction<T, P> {
  of(x: v128, b: v128, factors: usize): v128 {
    return quotient<P>(x, factor<P>(factors, 0));
  }
}

@unmanaged
export class SoftmaxGradient<T, P> extends CellFunction<T, P> {
  of(dout: v128, out: v128, factors: usize): v128 {
    return v128.mul<P>(out, v128.sub<P>(dout, factor<P>(factors, 0)));
  }
}

function one<P>(): v128 {
  return v128.splat<P>(1 as P);
}

/** A factor, in every lane. */
function factor<P>(factors: usize, index: i32): v128 {
  return v128.splat<P>(load<f64>(factors + 8 * index) as P);
}

/** What lanes of type P are after they were stored as numbers of type T. */
function rounded<T, P>(values: v128): v128 {
  return sizeof<T>() == sizeof<P>() ? values : f64x2.promote_low_f32x4(roundLanes<T, P>(values));
}
