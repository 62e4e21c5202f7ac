/** The public names of jax.nn, its initializers, jax.scipy.special and jax.scipy.linalg, those of JAX 0.10 and some of versions before. */
import type { Module } from './names.js'

const nn: Module = {
  name: 'jax.nn',
  here: `
    elu gelu=geluTanh leaky_relu=leakyRelu log_sigmoid=logSigmoid log_softmax=logSoftmax logsumexp=logSumExp one_hot=oneHot relu selu sigmoid
    silu softmax softplus swish=silu tanh`,
  made: {
    celu: '`elu` of x by a, times a',
    dot_product_attention: '`matmul`, `softmax`, with `where` for a mask, and `matmul`, or `einsum` for both products',
    glu: '`mul` of one half by `slice` with the `sigmoid` of the other',
    'hard_sigmoid hard_silu hard_swish hard_tanh relu6': '`clip`, of a `mul` and an `add` for some, with a `mul` by x for others',
    identity: 'nothing to do',
    log1mexp: '`log` of the `neg` of `expm1`, or `log1p` of the `neg` of `exp`, whichever keeps digits',
    logmeanexp: '`logSumExp` less the logarithm of the count',
    mish: '`mul` by the `tanh` of `softplus`',
    soft_sign: '`div` by 1 and `abs`',
    squareplus: '`sqrt` of the `square` and a constant, `add` x, by 2',
    standardize: '`sub` of the `mean`, `div` by the `std`',
    sparse_plus: '`where` of `square` between -1 and 1',
    sparse_sigmoid: '`clip` of a `mul` and an `add`',
  },
  absent: {
    'The dtypes are float32, float64, int32, uint32 and bool, and products of numbers of 8 and 4 bits with scales have none.':
      'get_scaled_dot_general_config scaled_dot_general scaled_matmul',
  },
}

const initializers: Module = {
  name: 'jax.nn.initializers',
  here: `
    constant=initializer.constant glorot_normal=initializer.glorotNormal glorot_uniform=initializer.glorotUniform
    he_normal=initializer.heNormal he_uniform=initializer.heUniform kaiming_normal=initializer.heNormal kaiming_uniform=initializer.heUniform
    lecun_normal=initializer.lecunNormal lecun_uniform=initializer.lecunUniform normal=initializer.normal ones=initializer.ones
    orthogonal=initializer.orthogonal truncated_normal=initializer.truncatedNormal uniform=initializer.uniform
    xavier_normal=initializer.glorotNormal xavier_uniform=initializer.glorotUniform zeros=initializer.zeros`,
  made: {
    variance_scaling: '`initializer.truncatedNormal`, `initializer.normal` or `initializer.uniform` of the width that the sizes give',
  },
  absent: {
    'Orthogonal kernels of convolutions are not offered.': 'delta_orthogonal',
    'An initializer is a plain function, and its type has no value.': 'Initializer',
  },
}

const special: Module = {
  name: 'jax.scipy.special',
  here: `
    digamma erf erfc erfinv=erfInv expit=sigmoid gammaln=lgamma loggamma=lgamma log_softmax=logSoftmax logsumexp=logSumExp softmax xlog1py xlogy`,
  made: {
    'beta betaln': '`lgamma` of the two numbers less that of their sum, and its `exp`',
    boxcox: '`expm1` of the exponent times the `log`, by the exponent',
    boxcox1p: '`expm1` of the exponent times the `log1p`, by the exponent',
    comb: '`exp` of one `lgamma` less two others',
    entr: '`neg` of `xlogy` of x and x',
    'factorial gamma': '`exp` of `lgamma`, for positive numbers',
    'kl_div rel_entr': '`xlogy`, less that of the other number',
    logit: '`log` less `log1p` of the negative',
    log_ndtr: '`log` of `erfc`, by 2, where that does not come to 0',
    multigammaln: '`sum` of `lgamma` of several numbers, and a constant',
    ndtr: '`erfc` of the negative by the root of 2, by 2',
    ndtri: '`erfInv` of 2 p - 1, times the root of 2',
    poch: '`exp` of `lgamma` less `lgamma`, for positive numbers',
  },
  absent: {
    'Bessel functions are not offered.': 'bessel_jn i0 i0e i1 i1e',
    'Incomplete gamma and beta functions, and derivatives of `digamma` as functions of their own, are not offered.':
      'betainc gammainc gammaincc polygamma zeta',
    'The sign of the gamma function of a negative number is not offered.': 'gammasgn',
    'Integrals of exponentials and of trigonometric functions are not offered.': 'exp1 expi expn fresnel sici spence',
    'Scaled and complex error functions, and their relatives, are not offered.': 'dawsn erfcx owens_t wofz',
    'Hypergeometric functions are not offered.': 'hyp1f1 hyp2f1',
    'Bernoulli numbers, and Legendre and harmonic functions, are not offered.': 'bernoulli lpmn lpmn_values sph_harm sph_harm_y',
  },
}

const scipyLinalg: Module = {
  name: 'jax.scipy.linalg',
  here: `
    cho_factor=linalg.cholesky cho_solve=linalg.choSolve cholesky=linalg.cholesky det=linalg.det eigh=linalg.eigh expm=linalg.expm
    inv=linalg.inv lu_factor=linalg.luFactor lu_solve=linalg.luSolve qr=linalg.qr solve=linalg.solve
    solve_triangular=linalg.triangularSolve svd=linalg.svd`,
  made: {
    block_diag: '`concat` of each block beside `zeros`, or `pad` and `add`',
    expm_frechet: '`jvp` of `linalg.expm`',
    hilbert: '`reciprocal` of the sums of indices by `pairwise`',
    lu: '`tril` and `triu` of what `linalg.luFactor` gives',
    polar: '`matmul` of the outer factors of `linalg.svd`, for one factor',
    'companion fiedler_companion leslie': '`add` of `diag` and of the other entries by `pad`',
    dft: '`fft.fft` of `eye`',
    hadamard: '`kron` of the matrix of 1, 1, 1 and -1 with itself',
    qr_multiply: '`matmul` by the factor q of `linalg.qr`',
    solve_sylvester: '`linalg.solve` of sums of `kron`, for small matrices',
    fiedler: '`abs` of the differences of the numbers by `pairwise`',
    'circulant convolution_matrix hankel toeplitz': '`take` of the numbers at differences or sums of indices by `pairwise`',
  },
  absent: {
    'The eigenvalues of a matrix that is not symmetric are complex, and there is no complex dtype.': 'funm rsf2csf schur sqrtm',
    'The steps inside a factorisation are not offered by themselves.': 'eigh_tridiagonal hessenberg',
    'Matrices of binomial numbers, and the like, have no functions.': 'helmert invhilbert invpascal pascal',
  },
}

export const models: readonly Module[] = [nn, initializers, special, scipyLinalg]
