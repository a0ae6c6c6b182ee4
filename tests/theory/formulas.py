"""What is known without playing: closed formulas of queues, carry-over, beliefs and trust, each with its source."""

from __future__ import annotations

import math

import numpy as np
from scipy import special, stats


def erlang_a(arrivals, service, servers, theta, size=4000):
    """Leads wait for `servers` reps and go cold at rate theta: M/M/c+M.

    Stationary chances p_n of a birth–death chain, births λ, deaths min(n, c)·μ + max(0, n − c)·θ; Lq = Σ (n − c)⁺ p_n,
    P(abandon) = θ·Lq/λ, P(wait) = Σ_{n ≥ c} p_n, mean wait of all = Lq/λ. Palm (1957), Garnett, Mandelbaum & Reiman (2002).
    Returns P(abandon), Lq, P(wait).
    """
    logs = np.zeros(size)
    for n in range(1, size):
        logs[n] = logs[n - 1] + math.log(arrivals) - math.log(min(n, servers) * service + max(0, n - servers) * theta)
    p = np.exp(logs - logs.max())
    p /= p.sum()
    waiting = float((np.maximum(0, np.arange(size) - servers) * p).sum())
    return theta * waiting / arrivals, waiting, float(p[servers:].sum())


def impatient_as_served(offered, servers):
    """P(abandon) where leads go cold as fast as calls end (θ = μ): the number in the system is Poisson of mean λ/μ.

    Then E(N − c)⁺ / (λ/μ), by sums of the Poisson distribution and not of a chain.
    """
    tail = stats.poisson.sf(servers - 1, offered)
    return float((offered * stats.poisson.sf(servers - 2, offered) - servers * tail) / offered)


def fluid(arrivals, service, servers):
    """Under great load reps never rest: all leads go cold but those there is time for, P(abandon) → 1 − c·μ/λ."""
    return 1 - servers * service / arrivals


def erlang_c(arrivals, service, servers):
    """Leads wait for ever (M/M/c): C = (a^c/c!)·c/(c − a) / (Σ_{n<c} a^n/n! + same), a = λ/μ; Wq = C/(cμ − λ). Erlang (1917).

    Returns C, the chance to wait, and Wq, the mean wait of all.
    """
    load = arrivals / service
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    chance = last / (sum(load**n / math.factorial(n) for n in range(servers)) + last)
    return chance, chance / (servers * service - arrivals)


def pollaczek_khinchine(arrivals, service):
    """One rep, calls of fixed length: mean wait ρ/(2μ(1 − ρ)). Pollaczek (1930), Khinchine (1932)."""
    load = arrivals / service
    return load / (2 * service * (1 - load))


def still_warm(hours, share, quick, slow):
    """Share of leads still warm after a time: S(t) = w·e^{−t/a} + (1 − w)·e^{−t/b}."""
    return share * np.exp(-np.asarray(hours) / quick) + (1 - share) * np.exp(-np.asarray(hours) / slow)


def warm_when_called(answers, patience):
    """Share warm at the first call, response and patience both mixtures of exponentials: Σ_i Σ_j w_i v_j / (1 + m_i/τ_j).

    `answers` and `patience` are lists of (share, mean).
    """
    return sum(v * w / (1 + m / tau) for v, m in answers for w, tau in patience)


def goodwill(contacts, kept):
    """Goodwill under x contacts a period of which a share d is kept: x/(1 − d). Nerlove & Arrow (1962), Koyck (1954)."""
    return contacts / (1 - kept)


def duration(share, kept):
    """Periods after which a share p of a pulse's goodwill is gone: ln(1 − p)/ln d; p = ½ is the half-life. Clarke (1976)."""
    return math.log(1 - share) / math.log(kept)


def random_walk_filter(moves, noise):
    """Fixed point of a belief about a random walk: P = (Q + √(Q² + 4QR))/2 before each report, K = P/(P + R). Kalman (1960)."""
    before = (moves + math.sqrt(moves**2 + 4 * moves * noise)) / 2
    return before, before / (before + noise)


def mean_staleness(rate, every):
    """Mean squared error of who hears the exact truth every T about a need that forgets at rate k, variance 1, in continuous time.

    1 − (1 − e^{−2kT})/(2kT). Uhlenbeck & Ornstein (1930).
    """
    return 1 + math.expm1(-2 * rate * every) / (2 * rate * every)


def staleness_by_days(rate, first, last):
    """The same in whole days: the mean of 1 − e^{−2kj} over the ages j the news has at nightfall, from `first` to `last` days."""
    return float(np.mean(-np.expm1(-2 * rate * np.arange(first, last + 1))))


def trust_at_rest(good, harshness):
    """Trust that rises by α(1 − T) on good news, chance π, and falls by λαT on bad: E[T] = π/(π + λ(1 − π)). Bush & Mosteller (1955)."""
    return good / (good + harshness * (1 - good))


def trust_after(days, good, harshness, events):
    """E[T] on the way there, after a Poisson number of events of mean a·t: T* + (T₀ − T*)·e^{−a·t·(απ + λα(1 − π))}.

    `events` is (a, α, T₀); each event multiplies E[T] − T* by 1 − (απ + λα(1 − π)), and the mean of ρ^N is e^{−(1 − ρ)·E[N]}.
    """
    often, step, start = events
    rest = trust_at_rest(good, harshness)
    return rest + (start - rest) * np.exp(-often * np.asarray(days) * step * (good + harshness * (1 - good)))


def believed_share(good, bad):
    """Mean of a Beta(.3, 1.2) belief after s good and f bad calls: (a + s)/(a + b + n)."""
    return (0.3 + good) / (0.3 + 1.2 + good + bad)


def remembered(calls, kept, weeks=math.inf):
    """Calls a rep remembers at the end of a week, n a week fading by φ: n·(1 − φ^k)/(1 − φ); at rest n/(1 − φ)."""
    return calls * (1 - kept**weeks) / (1 - kept)


def score_at_least(bar, auc):
    """Chance that somebody who is no buyer scores s or more: 1 − Φ(Φ⁻¹(s) + μ/2), μ = √2·Φ⁻¹(AUC)."""
    return float(stats.norm.sf(stats.norm.ppf(bar) + stats.norm.ppf(auc) / math.sqrt(2)))


def closing(won, lost, undecided=0.0):
    """Geometric competing hazards h, l, n a period: P(win) = h/(h + l + n), mean time 1/(h + l + n)."""
    total = won + lost + undecided
    return won / total, 1 / total


def best_interval(cost, harm, moves):
    """T* = √(2c/(a·σ²)): the least of c/T + a·σ²T/2, meetings that cost c about a random walk whose variance grows by σ², a the harm."""
    return math.sqrt(2 * cost / (harm * moves))


def within_four_errors(values, exact):
    """Say how far the mean of independent runs is from what it should be, and whether that is more than four standard errors."""
    values = np.asarray(values, float)
    error = values.std(ddof=1) / math.sqrt(len(values))
    assert abs(values.mean() - exact) < 4 * error + 1e-12, f"{values.mean():.6f} ± {error:.6f} against {exact:.6f}"


def still_customers(alpha, beta, t):
    """sBG: share of customers who stay t times, S(t) = B(α, β + t)/B(α, β). Fader & Hardie (2007)."""
    return float(np.exp(special.betaln(alpha, beta + t) - special.betaln(alpha, beta)))


def retention_rate(alpha, beta, t):
    """sBG: of those who stayed t − 1 times, the share who stay once more, r_t = (β + t − 1)/(α + β + t − 1)."""
    return (beta + t - 1) / (alpha + beta + t - 1)


def discounted_renewals(stays, discount):
    """Renewals to be expected of a customer who stays each period with chance r, discounted: r/(1 + d − r), in margins."""
    return stays / (1 + discount - stays)


def customer_value(margin, stays, discount):
    """CLV at constant retention, first margin at t = 0: m + m·r/(1 + d − r) = m(1 + d)/(1 + d − r). Gupta, Lehmann & Stuart (2004)."""
    return margin * (1 + discount) / (1 + discount - stays)


def value_elasticity(stays, discount):
    """How that value follows retention: r/(1 + d − r) percent for one percent."""
    return stays / (1 + discount - stays)


def mixed_value(alpha, beta, discount, t=0):
    """Renewals to be expected of customers of an sBG who have stayed t times, discounted: Σ_{j≥1} S(t + j)/S(t)/(1 + d)^j."""
    j = np.arange(1, 5000)
    left = np.exp(special.betaln(alpha, beta + t + j) - special.betaln(alpha, beta + t))
    return float((left * np.exp(-j * math.log1p(discount))).sum())


def open_disputes(rate, lasts, time):
    """Arrivals that nobody waits for each other to be served: M/M/∞ from empty, mean λ·L·(1 − e^{−t/L}) at time t, Poisson.

    Erlang (1917); Riordan (1962).
    """
    return rate * lasts * -np.expm1(-np.asarray(time, float) / lasts)


def open_between_hearings(rate, lasts, every):
    """The same where all that is open is settled every so many weeks: the mean over the midnights from one hearing to the next."""
    return float(open_disputes(rate, lasts, np.arange(1, 7 * every + 1) / 7).mean())


def error_of_mean(shared):
    """Two equally good forecasts whose errors are correlated by ρ: the mean has √((1 + ρ)/2) of the error of one (Bates & Granger 1969)."""
    return math.sqrt((1 + shared) / 2)
