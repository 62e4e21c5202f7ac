/** The public names of jax.numpy, those of JAX 0.10 and some of versions before. */
import type { Module } from './names.js'

export const numpy: Module = {
  name: 'jax.numpy',
  here: `
    abs absolute=abs acos acosh add all allclose=allClose amax=max amin=min any arange arccos=acos arccosh=acosh arcsin=asin arcsinh=asinh
    arctan=atan arctan2=atan2 arctanh=atanh argmax argmin argsort around=round array=tensor asarray=fromArray asin asinh astype=cast atan atan2
    atanh bincount bitwise_and=and bitwise_count=populationCount bitwise_invert=not bitwise_left_shift=shiftLeft bitwise_not=not bitwise_or=or
    bitwise_right_shift=shiftRight bitwise_xor=xor bool='bool' bool_='bool' broadcast_shapes=shape.broadcast broadcast_to=broadcastTo cbrt ceil
    clip concat concatenate=concat copysign=copySign corrcoef=corrCoef cos cosh count_nonzero=countNonzero cov cumprod=cumProd cumsum=cumSum
    cumulative_prod=cumProd cumulative_sum=cumSum deg2rad=radians degrees diag diagonal digitize=searchsorted divide=div double='float64'
    einsum equal exp exp2 expand_dims=expandDims expm1 eye fabs=abs fix=trunc flip=reverse float32='float32' float64='float64' floor
    floor_divide=floorDiv fmod=rem frombuffer=fromArray full gcd greater greater_equal=greaterEqual heaviside histogram
    histogram_bin_edges=histogramEdges hypot identity=eye int32='int32' interp invert=not isclose=isClose isfinite=isFinite isinf=isInf
    isnan=isNaN kron lcm left_shift=shiftLeft less less_equal=lessEqual lexsort linspace log log10 log1p log2 logaddexp=logAddExp
    logaddexp2=logAddExp2 logical_and=and logical_not=not logical_or=or logical_xor=xor matmul max maximum mean median meshgrid min minimum mod
    moveaxis=moveAxis multiply=mul nan_to_num=nanToNum nanargmax=nanArgmax nanargmin=nanArgmin nanmax=nanMax nanmean=nanMean
    nanmedian=nanMedian nanmin=nanMin nanprod=nanProd nanquantile=nanQuantile nanstd=nanStd nansum=nanSum nanvar=nanVariance negative=neg
    nextafter=nextAfter not_equal=notEqual ones outer pad permute_dims=permute pow power=pow prod ptp put_along_axis=putAlongAxis quantile
    rad2deg=degrees radians ravel=flatten reciprocal remainder=mod repeat=repeatInterleave reshape right_shift=shiftRight
    rint=round roll rollaxis=moveAxis rot90 round searchsorted sign signbit=signBit sin sinc single='float32' sinh sort split sqrt square squeeze
    stack std subtract=sub sum swapaxes=swapAxes take take_along_axis=takeAlongAxis tan tanh tile trace transpose trapezoid tril triu
    true_divide=div trunc uint32='uint32' unique unstack var=variance vectorize=vmap where zeros`,
  made: {
    append: '`concat`',
    apply_along_axis: '`vmap`, with the place of the axis',
    apply_over_axes: 'reductions take a list of axes: `sum`, `max` and the others',
    'array_equal array_equiv': '`equals`',
    'array_repr array_str': 'every tensor prints itself: `x.toString`',
    'array_split dsplit hsplit vsplit': '`split`, at indices where the parts are unequal',
    'atleast_1d atleast_2d atleast_3d': '`expandDims` or `reshape`: ranks are known when a program is written',
    average: '`sum` of the `mul` by weights, by the `sum` of the weights',
    'bartlett blackman hamming hanning': '`cos` and `abs` of `linspace`',
    block: '`concat` of `concat`',
    broadcast_arrays: '`broadcastTo` for each; `pairwise` for a function of two',
    choose: '`takeAlongAxis` of a `stack`',
    'column_stack dstack hstack row_stack vstack': '`stack` or `concat`',
    convolve: '`conv`, with `reverse` of the kernel, and axes for batch and channels',
    copy: 'nothing to do: tensors do not change',
    correlate: '`conv`, with axes for batch and channels',
    cross: '`sub` of two products of what `roll` turns by one and by two places',
    delete: '`concat` of the two parts by `slice`',
    'diag_indices diag_indices_from': '`at` with `arange` along both axes, or `eye` as a mask',
    diagflat: '`diag` of `flatten`',
    'diff ediff1d': '`sub` of two parts by `slice`',
    dot: '`dot` of vectors, `matmul` of matrices',
    divmod: '`floorDiv` and `mod`',
    dtype: "a dtype is a word, such as `'float32'`; a tensor has it as `x.dtype`",
    'e euler_gamma inf nan pi': "numbers of the host's language: `Math.E`, `Math.PI`, `Infinity`, `NaN`",
    'empty empty_like': '`zeros`: no tensor has entries that nobody wrote',
    fill_diagonal: '`where` with `eye`',
    'fliplr flipud': '`reverse` along an axis',
    float_power: '`pow` of what `cast` makes float64',
    'fmax fmin': '`maximum` or `minimum`, after `where` and `isNaN` for the entries that are NaN in one operand',
    fromfunction: '`vmap` of the function over `arange`',
    fromiter: '`tensor` of the list of the entries',
    'full_like ones_like zeros_like': '`full`, `ones` or `zeros` of `x.shape`',
    geomspace: '`exp` of `linspace` between logarithms',
    gradient: '`sub` of parts by `slice`, and `div` by the distances',
    'histogram2d histogramdd': '`segmentSum` or `bincount` of positions by `searchsorted`',
    'indices mgrid ogrid ix_': '`meshgrid` of `arange`',
    inner: '`einsum`, or `dot` of vectors',
    insert: '`concat` with the two parts by `slice`',
    isin: '`any` of the `equal` of `pairwise`',
    'isneginf isposinf': '`equal` to an infinity',
    ldexp: '`mul` by `exp2`',
    'load save savez': '`codec.decode` and `codec.encode`, for trees of tensors as JSON',
    logspace: '`exp2` or `exp` of `linspace`',
    'mask_indices tril_indices tril_indices_from triu_indices triu_indices_from':
      'masks choose the entries in place of lists of indices: `tril`, `triu` and `where`',
    matrix_transpose: '`swapAxes` of the last two axes',
    'matvec vecdot vecmat': '`einsum`, or `matmul` and `dot`',
    modf: '`trunc`, and `rem` by 1',
    'nancumprod nancumsum': '`cumProd` or `cumSum` of `where` with `isNaN`',
    'nanpercentile percentile': '`nanQuantile` or `quantile` of a hundredth',
    ndarray: 'the type Tensor; `isTensor` asks for it',
    'ndim shape size': '`x.shape` and `x.sizes`, which need no computation',
    newaxis: '`expandDims`, or the word newAxis in `at`',
    'partition argpartition': '`sort`, `argsort` or `topK`',
    piecewise: '`where`, one in the other; for a scalar `switchCase`',
    'place put': '`at` with set, or `where`',
    polyadd: '`add`, after `pad`',
    polysub: '`sub`, after `pad`',
    polymul: '`conv`, as for convolve',
    polyder: '`mul` by `arange`',
    polyint: '`div` by `arange`, and `pad`',
    polyfit: '`linalg.lstsq` of the powers',
    polyval: '`scan` of a `mul` and an `add` over the coefficients',
    positive: 'nothing to do',
    ravel_multi_index: '`dot` with the strides',
    resize: '`tile`, `slice` and `reshape`; `resize` here is that of images',
    'r_ c_ s_ index_exp': 'parts are written as words, as in `at` and `slice`; `concat` and `stack` join',
    select: '`where`, one in the other',
    spacing: '`sub` from `nextAfter`',
    tensordot: '`einsum`',
    tri: '`tril` of `ones`',
    'unique_all unique_counts unique_inverse unique_values': '`unique` gives values, indices, inverse and counts',
    union1d: '`unique` of `concat`',
    unravel_index: '`floorDiv` and `rem` by the strides',
    unwrap: '`sub` of the `cumSum` of the turns between neighbours',
    vander: '`pairwise` of `pow`',
    vdot: '`dot` of `flatten`',
  },
  absent: {
    'There is no complex dtype; `fft.fft` takes and gives pairs of real and imaginary parts.':
      'angle cdouble complex128 complex64 complex_ complexfloating ComplexWarning conj conjugate csingle imag iscomplex iscomplexobj isreal isrealobj real sort_complex',
    'The dtypes are float32, float64, int32, uint32 and bool.':
      'bfloat16 float16 float_ float4_e2m1fn float6_e2m3fn float6_e3m2fn float8_e3m4 float8_e4m3 float8_e4m3b11fnuz float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu int1 int16 int2 int4 int64 int8 int_ uint uint1 uint16 uint2 uint4 uint64 uint8',
    'Abstract dtypes have no place where every tensor has one of five.':
      'floating generic inexact integer number signedinteger unsignedinteger',
    'There are no tensors of strings, bytes or objects.': 'character flexible object_',
    'There is no uint8: bits are read by `shiftRight` and `and`.': 'packbits unpackbits',
    'dtypes never change silently, so that nothing asks for the dtype of a result.':
      'can_cast isdtype issubdtype promote_types result_type',
    'The limits of a dtype are not published.': 'finfo iinfo',
    'The size of the result depends on the entries, and a shape is known before them; a mask and `where` take its place.':
      'argwhere compress extract flatnonzero intersect1d nonzero setdiff1d setxor1d trim_zeros',
    'Modified Bessel functions are not offered.': 'i0 kaiser',
    'The parts of a floating point number are not offered.': 'frexp',
    'It needs the eigenvalues of a matrix that is not symmetric, which are complex.': 'poly roots',
    'The division of polynomials is not offered.': 'polydiv',
    '`einsum` chooses the order itself, and does not publish it.': 'einsum_path',
    "A function of the host's language is one already, and has no methods such as accumulate; `associativeScan` and `map` take one.":
      'frompyfunc ufunc',
    "Python's scalars and iterables have no counterpart: `isTensor` tells tensors from numbers.": 'isscalar iterable',
    'Memory of other libraries is taken over by copying alone: `fromArray`.': 'from_dlpack',
    "Files and text are read by the host's own functions, and by `data.parseJson`.": 'fromfile fromstring',
    'How tensors are printed has no options.': 'get_printoptions printoptions set_printoptions',
  },
}
