"""Écrire à chaque personne d'une équipe."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from types import MappingProxyType

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises import queries
from beffroi.personnes.entreprises.alarmes import Fait, adresse_pour_le_dire
from beffroi.personnes.entreprises.models import Equipe, Membre
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.services import ecrire_a, ecrire_a_chacun


def ecrire_a_l_equipe(
    equipe: Equipe,
    *,
    cle: str,
    sujet: str,
    gabarit: str,
    contexte: Mapping[str, object],
    aussi: Collection[Utilisateur] = (),
    ailleurs: Mapping[str, Utilisateur] = MappingProxyType({}),
    propre: Callable[[Utilisateur], Mapping[str, object]] = lambda _: {},
    maintenant: datetime,
) -> bool:
    """Le même courriel à chacun, une fois. Faux si cette clé a déjà servi.

    `ailleurs` : l'adresse que l'un d'eux vient de quitter.
    """
    if Courriel.objects.filter(cle__startswith=f"{cle}/").exists():
        return False
    commun = {"adresse": lien_vers("entreprises:entreprise"), **contexte}
    chemin = f"entreprises/courriels/{gabarit}.txt"
    ecrire_a_chacun(
        dict.fromkeys((*queries.collegues_a_prevenir(equipe), *aussi)),
        cle=f"{cle}/",
        sujet=sujet,
        gabarit=chemin,
        contexte=commun,
        propre=propre,
        maintenant=maintenant,
    )
    for adresse, personne in ailleurs.items():
        ecrire_a(
            adresse,
            cle=f"{cle}/ailleurs/{personne.reference}",
            sujet=sujet,
            gabarit=chemin,
            contexte={**commun, "personne": personne, **propre(personne)},
            maintenant=maintenant,
        )
    return True


def avec_le_lien(membre: Membre, fait: Fait) -> Callable[[Utilisateur], Mapping[str, object]]:
    """« Ce n'est pas moi » : à chacun le sien."""
    return lambda personne: {"pas_moi": adresse_pour_le_dire(membre, fait, personne)}
