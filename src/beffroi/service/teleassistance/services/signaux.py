"""Ce que les deux navigateurs se disent pour se joindre : posé, lu par l'autre, effacé à la fin.

Jamais au journal.
"""

from django.db import transaction

from beffroi.service.teleassistance import rules
from beffroi.service.teleassistance.models import AccordEnAttente, Partage, Signal
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller


@transaction.atomic
def signaler(*, partage: Partage | AccordEnAttente, cote: str, genre: str, corps: str) -> None:
    """« Prêt » recommence la liaison :
    ce qui s'est dit avant ne joint plus personne, et s'efface.
    """
    if isinstance(partage, AccordEnAttente):
        raise ConflitEtat("Personne ne vous a encore rejoint : gardez cette page ouverte.")
    partage = verrouiller(partage)
    if not partage.est_a_deux:
        raise ConflitEtat("Ce partage est fini. Pour continuer, donnez un nouveau code.")
    deja = Signal.objects.filter(partage=partage, cote=cote).count() if genre != rules.PRET else 0
    exiger(rules.signal_recevable(cote=cote, genre=genre, octets=len(corps.encode()), deja=deja))
    if genre == rules.PRET:
        Signal.objects.filter(partage=partage).delete()
    Signal.objects.create(partage=partage, cote=cote, genre=genre, corps=corps)
