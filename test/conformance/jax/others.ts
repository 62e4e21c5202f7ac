/** The public names of jax.numpy.linalg, jax.numpy.fft and jax.random, those of JAX 0.10 and some of versions before. */
import type { Module } from './names.js'

const linalg: Module = {
  name: 'jax.numpy.linalg',
  here: `
    cholesky=linalg.cholesky cond=linalg.cond det=linalg.det diagonal eigh=linalg.eigh eigvalsh=linalg.eigvalsh inv=linalg.inv
    lstsq=linalg.lstsq matmul matrix_norm=linalg.matrixNorm matrix_power=linalg.matrixPower matrix_rank=linalg.matrixRank outer
    pinv=linalg.pinv qr=linalg.qr slogdet=linalg.slogdet solve=linalg.solve svd=linalg.svd svdvals=linalg.svdvals trace vector_norm=norm`,
  made: {
    cross: '`sub` of two products of what `roll` turns by one and by two places',
    matrix_transpose: '`swapAxes` of the last two axes',
    multi_dot: '`einsum` of all of them, which chooses the order of the fewest multiplications',
    norm: '`norm` of vectors, `linalg.matrixNorm` of matrices',
    'tensordot vecdot': '`einsum`',
    'tensorinv tensorsolve': '`linalg.inv` or `linalg.solve` between two calls of `reshape`',
  },
  absent: {
    'The eigenvalues of a matrix that is not symmetric are complex, and there is no complex dtype.': 'eig eigvals',
  },
}

const fft: Module = {
  name: 'jax.numpy.fft',
  here: `
    fft=fft.fft fftfreq=fft.fftFreq fftn=fft.fftn fftshift=fft.fftShift ifft=fft.ifft ifftn=fft.ifftn ifftshift=fft.ifftShift irfft=fft.irfft
    rfft=fft.rfft rfftfreq=fft.rfftFreq`,
  made: {
    'fft2 ifft2': '`fft.fftn` or `fft.ifftn` along two axes',
    'rfft2 rfftn': '`fft.rfft` along the last axis, then `fft.fftn` along the others',
    'irfft2 irfftn': '`fft.ifftn` along the other axes, then `fft.irfft` along the last',
    hfft: '`fft.irfft` of the conjugate, whose imaginary part is `neg`, times the length',
    ihfft: '`fft.rfft`, then `neg` of the imaginary part and `div` of both by the length',
  },
  absent: {},
}

const random: Module = {
  name: 'jax.random',
  here: `
    PRNGKey=random.key ball=random.ball bernoulli=random.bernoulli beta=random.beta binomial=random.binomial bits=random.bits
    categorical=random.categorical cauchy=random.cauchy chisquare=random.chisquare choice=random.choice dirichlet=random.dirichlet
    double_sided_maxwell=random.doubleSidedMaxwell exponential=random.exponential f=random.f fold_in=random.foldIn gamma=random.gamma
    generalized_normal=random.generalizedNormal geometric=random.geometric gumbel=random.gumbel key=random.key laplace=random.laplace
    loggamma=random.loggamma logistic=random.logistic lognormal=random.lognormal maxwell=random.maxwell
    multivariate_normal=random.multivariateNormal normal=random.normal orthogonal=random.orthogonal pareto=random.pareto
    permutation=random.permutation poisson=random.poisson rademacher=random.rademacher randint=random.randint rayleigh=random.rayleigh
    split=random.split t=random.studentT triangular=random.triangular truncated_normal=random.truncatedNormal uniform=random.uniform
    wald=random.wald weibull_min=random.weibullMin`,
  made: {
    clone: 'nothing to do: a key is a value',
    'key_data wrap_key_data': 'nothing to do: a key is a tensor of two uint32, and `random.key` makes one of a number',
    multinomial: '`bincount` of draws by `random.categorical`',
  },
  absent: {
    'There is one generator, Threefry, so that no key says which.': 'key_dtype key_impl',
    'It is the gradient of what `random.gamma` draws, and no function of its own.': 'random_gamma_p',
  },
}

export const others: readonly Module[] = [linalg, fft, random]
