"""Let the known domains stand in the database with their other names."""

from __future__ import annotations

from django.db import transaction

from gongkai.catalogue.models import Domain, DomainAlias
from gongkai.catalogue.queries import domain_named
from gongkai.readings.fields.domains import KNOWN_DOMAINS

_VILLAGE = frozenset({"村务公开", "居务公开"})
_TOWNSHIP = frozenset({"政府文件信息"})


def ensure_domains() -> None:
    """Every known domain and alias exists; what a district renamed or added stays as it is.

    Two queries when nothing is missing.
    """
    names = set(Domain.objects.values_list("name", flat=True))
    aliases = set(DomainAlias.objects.values_list("name", flat=True))
    wanted = {alias for known in KNOWN_DOMAINS for alias in known.aliases}
    if names.issuperset(known.name for known in KNOWN_DOMAINS) and wanted <= aliases | names:
        return
    with transaction.atomic():
        for position, known in enumerate(KNOWN_DOMAINS, start=1):
            domain, _ = Domain.objects.get_or_create(
                name=known.name,
                defaults={
                    "code": _free_code(known.name),
                    "scope": _scope(known.name),
                    "position": position,
                },
            )
            DomainAlias.objects.bulk_create(
                [
                    DomainAlias(domain=domain, name=alias)
                    for alias in known.aliases
                    if alias not in aliases and alias not in names
                ],
                ignore_conflicts=True,
            )


def domain_for(name: str) -> Domain:
    """The domain of that name or alias; a district's own domain is made when there is none."""
    found = domain_named(name)
    if found is not None:
        return found
    plain = "".join(name.split()).removesuffix("领域")[:60]
    last = Domain.objects.order_by("-position").values_list("position", flat=True).first() or 0
    return Domain.objects.create(name=plain, code=_free_code(plain), position=min(last + 1, 32_767))


def _scope(name: str) -> str:
    if name in _VILLAGE:
        return Domain.Scope.VILLAGE
    return Domain.Scope.TOWNSHIP if name in _TOWNSHIP else Domain.Scope.COUNTY


def _free_code(name: str) -> str:
    """The name in pinyin, as addresses of public sites are written; numbered when taken."""
    from pypinyin import lazy_pinyin  # fifty megabytes: only where a domain is new

    letters = "".join(c for c in "".join(lazy_pinyin(name)).lower() if c.isascii() and c.isalnum())
    stem = letters[:36] or "domain"
    code, number = stem, 1
    while Domain.objects.filter(code=code).exists():
        number += 1
        code = f"{stem}-{number}"
    return code
