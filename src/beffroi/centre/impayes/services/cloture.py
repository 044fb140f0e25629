"""Clore : la somme est payée, ou le centre renonce. Le blocage tombe avec le défaut."""

from datetime import datetime

from django.db import transaction

from beffroi.centre.impayes import courriels
from beffroi.centre.impayes.models import Defaut
from beffroi.centre.impayes.rules import preuves
from beffroi.centre.impayes.services.blocage import lever
from beffroi.centre.propositions.services import sans_objet
from beffroi.centre.recettes.lecture import reste_du
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.franchissement import franchir
from formats.dates import PARIS

# Payée ou abandonnée, la somme ne bloque ni ne finit plus rien. Revenir sur une fin reste possible.
SANS_OBJET = ("impaye.bloquer", "impaye.finir")
LIENS = ("contribution__exercice", "contribution__adherent__organisme")


@transaction.atomic
def regler(*, defaut: Defaut, maintenant: datetime) -> Defaut:
    """Constate que plus rien n'est dû.

    Refait, il ne refait rien ; s'il reste un centime, il ne fait rien.
    """
    defaut = verrouiller(defaut, avec=LIENS)
    jour = maintenant.astimezone(PARIS).date()
    if defaut.est_clos or reste_du(defaut.contribution, le=jour) > 0:
        return defaut
    etait_bloque = defaut.bloquee_le is not None
    sans_objet(sujet=defaut.reference, actes=SANS_OBJET, maintenant=maintenant)
    defaut = franchir(
        defaut, "regler", par=PLATEFORME, le=maintenant, donnees={}, clos_le=maintenant
    )
    lever(defaut, par=PLATEFORME, maintenant=maintenant)
    courriels.reglee(defaut, debloque=etait_bloque, maintenant=maintenant)
    return defaut


@transaction.atomic
def abandonner(*, defaut: Defaut, motif: str, par: Utilisateur, maintenant: datetime) -> Defaut:
    """Le centre renonce à poursuivre, et dit pourquoi.

    Une convention finie ne revient pas pour autant.
    """
    exiger(preuves.motivee(motif))
    defaut = verrouiller(defaut, avec=LIENS)
    sans_objet(sujet=defaut.reference, actes=SANS_OBJET, maintenant=maintenant)
    defaut = franchir(
        defaut,
        "abandonner",
        par=par.acteur,
        le=maintenant,
        donnees={"motif": motif.strip()},
        clos_le=maintenant,
        motif_de_cloture=motif.strip(),
    )
    lever(defaut, par=par.acteur, maintenant=maintenant)
    return defaut
