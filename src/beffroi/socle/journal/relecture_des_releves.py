"""Relire les relèves de la clé du registre : chacune est signée, dit où en était le registre, et la
dernière mène à la clé qui signe ici.
"""

from collections.abc import Iterator

from beffroi.socle.journal import chainage, releves
from beffroi.socle.journal.models import Noeud
from beffroi.socle.journal.queries import etat_public
from sceau import SealError, log

OU = "journal_ecriture, n° {numero}"


def fautes_des_releves() -> Iterator[tuple[str, str]]:
    try:
        toutes = releves.inscrites()
    except SealError as erreur:
        yield f"les relèves de la clé ne se lisent plus ({erreur})", "journal_ecriture"
        return
    if toutes and toutes[-1].said.new != chainage.signataire().vkey:
        yield "la dernière relève ne mène pas à la clé d'ici", OU.format(numero=toutes[-1].index)
    public = etat_public().size
    for une in toutes:
        if not _est_de_ce_registre(une.said.state):
            yield "cette relève part d'un autre registre", OU.format(numero=une.index)
        if une.since > public + 1:
            yield "cette relève devance la tête publique", OU.format(numero=une.index)


def _est_de_ce_registre(etat: log.Checkpoint) -> bool:
    """Ce que les deux clés ont signé est un début de l'arbre."""
    try:
        return log.root(etat.size, chainage.lire_les_sommets(etat.size)) == etat.root
    except (KeyError, Noeud.DoesNotExist):
        return False
