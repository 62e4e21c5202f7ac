/** The public names of jax.lax and jax.lax.linalg, those of JAX 0.10 and some of versions before. */
import type { Module } from './names.js'

const laxOwn: Module = {
  name: 'jax.lax',
  here: `
    abs acos acosh add argmax argmin asin asinh associative_scan=associativeScan atan atan2 atanh batch_matmul=matmul bitwise_and=and
    bitwise_not=not bitwise_or=or bitwise_xor=xor broadcast=broadcastTo broadcast_in_dim=broadcastTo broadcast_shapes=shape.broadcast cbrt ceil
    clamp=clip clz=leadingZeros collapse=reshape concatenate=concat cond conv conv_general_dilated=conv
    conv_general_dilated_patches=unfold conv_transpose=convTranspose conv_with_general_padding=conv convert_element_type=cast cos cosh
    cumlogsumexp=cumLogSumExp cummax=cumMax cummin=cumMin cumprod=cumProd cumsum=cumSum digamma div dot_general=einsum
    dynamic_slice=dynamicSlice dynamic_update_slice=dynamicUpdate eq=equal erf erf_inv=erfInv erfc exp exp2 expand_dims=expandDims expm1
    fft=fft.fft floor fori_loop=fori full ge=greaterEqual gt=greater iota=arange is_finite=isFinite le=lessEqual lgamma log log1p
    logistic=sigmoid lt=less map max=maximum min=minimum mul ne=notEqual neg nextafter=nextAfter pad population_count=populationCount pow
    reciprocal reduce_and=all reduce_max=max reduce_min=min reduce_or=any reduce_prod=prod reduce_sum=sum rem reshape rev=reverse round rsqrt
    scan select=where shift_left=shiftLeft shift_right_arithmetic=shiftRight shift_right_logical=shiftRight sign sin sinh slice sort
    sort_key_val=sortBy split sqrt square squeeze stack stop_gradient=stopGradient sub switch=switchCase tan tanh tile top_k=topK transpose=permute
    unstack while_loop=whileLoop`,
  made: {
    'approx_max_k approx_min_k': '`topK`, which is exact',
    'all_gather axis_index pmax pmean pmin ppermute psum': '`vmapWithAxis`, whose axis has gather, index, max, mean, min, permute and sum',
    axis_size: '`vmapWithAxis`, whose axis has a size',
    'broadcast_like broadcast_to_rank broadcasted_iota': '`broadcastTo`, of `arange` for the last',
    'conv_shape_tuple conv_general_shape_tuple conv_transpose_shape_tuple reduce_window_shape_tuple':
      '`evalShape` gives the shape of what any function gives',
    'custom_linear_solve custom_root': '`customVjp`, with the solution as the function and a solve as its pullback',
    dot: '`dot` of vectors, `matmul` of matrices',
    'dynamic_index_in_dim dynamic_slice_in_dim': '`dynamicSlice`, or `take`',
    'dynamic_update_index_in_dim dynamic_update_slice_in_dim': '`dynamicUpdate`',
    'dtype shape_as_value': '`x.dtype` and `x.sizes`',
    empty: '`zeros`: no tensor has entries that nobody wrote',
    full_like: '`full` of `x.shape`',
    'gather index_take': '`take`, `takeAlongAxis`, or `at` with get',
    'index_in_dim slice_in_dim': '`slice`',
    integer_pow: '`pow` by a number',
    reduce: '`associativeScan`, of which the last entry is taken; `reduce` here takes a pattern',
    reduce_window: '`maxPool`, `meanPool` and `sumPool`; `unfold` for others',
    'scatter scatter_add scatter_max scatter_min scatter_mul scatter_sub':
      '`at` with set, add, max, min and mul; `putAlongAxis`; `segmentSum`',
    scatter_apply: '`at` with get, the function, and set',
    select_n: '`where`, one in the other; for a scalar `switchCase`',
    rng_bit_generator: '`random.bits`',
    rng_uniform: '`random.uniform`',
  },
  absent: {
    'There is no complex dtype.': 'complex conj imag real',
    'Modified Bessel functions are not offered.': 'bessel_i0e bessel_i1e',
    'Incomplete gamma and beta functions, and derivatives of `digamma` as functions of their own, are not offered.':
      'betainc igamma igamma_grad_a igammac polygamma random_gamma_grad zeta',
    'The bits of a number as those of another dtype are not offered.': 'bitcast_convert_type',
    'Every kernel of a convolution is the same at all places.': 'conv_general_dilated_local',
    'A product over groups of rows of various sizes is not offered.': 'ragged_dot ragged_dot_general',
    'The dtypes are float32, float64, int32, uint32 and bool, and results are never rounded to fewer digits.':
      'reduce_precision scaled_dot',
    'The upper half of the product of two integers is not offered.': 'mulhi',
    'Options are words and numbers here, and have no types of their own that a caller names.':
      'AccuracyMode ConvDimensionNumbers ConvGeneralDilatedDimensionNumbers DotAlgorithm DotAlgorithmPreset DotDimensionNumbers FftType GatherDimensionNumbers GatherScatterMode Precision PrecisionLike RaggedDotDimensionNumbers RandomAlgorithm RoundingMethod ScatterDimensionNumbers Tolerance',
    'An exclusive or over an axis is not offered.': 'reduce_xor',
    'They order effects or keep a compiler from moving work; programs here have no effects and the same bits in every order of work.':
      'after_all create_token optimization_barrier',
    'They speak of how the compiler of JAX names or chooses parts of a program.':
      'composite conv_dimension_numbers conv_general_permutations dce_sink padtype_to_pads platform_dependent stage',
    'There is one device, so that nothing is sent or laid out among several.':
      'all_to_all pbroadcast pcast pshuffle psum_scatter pswapaxes psend precv ragged_all_to_all with_sharding_constraint',
  },
}

const laxLinalg: Module = {
  name: 'jax.lax.linalg',
  here: `
    cholesky=linalg.cholesky eigh=linalg.eigh lu=linalg.luFactor qr=linalg.qr svd=linalg.svd triangular_solve=linalg.triangularSolve`,
  made: {
    symmetric_product: '`matmul` of a matrix and its `swapAxes`',
    qdwh: '`matmul` of the two outer factors of `linalg.svd`',
    cholesky_update: '`linalg.cholesky` of the sum with `outer`',
    tridiagonal_solve: '`linalg.solve` of the whole matrix, which takes time in proportion to the cube of its size',
  },
  absent: {
    'The eigenvalues of a matrix that is not symmetric are complex, and there is no complex dtype.': 'eig schur',
    'The steps inside a factorisation are not offered by themselves.':
      'hessenberg householder_product lu_pivots_to_permutation ormqr tridiagonal',
    'No algorithm of a factorisation is chosen by the caller.': 'EigImplementation EighImplementation SvdAlgorithm',
  },
}

export const lax: readonly Module[] = [laxOwn, laxLinalg]
