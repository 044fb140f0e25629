"""Retirer un pli avant l'heure."""

from datetime import datetime

from django.db import transaction

from beffroi.achat.tours.queries import limite_de
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import rules
from beffroi.reponse.depots.contestations import contestation_en_cours
from beffroi.reponse.depots.courriels import ecrire_le_retrait
from beffroi.reponse.depots.events import PliRetire
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.services.brouillons import exiger_d_etre_de_l_equipe
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.evenements import publier
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.services import signer_un_point_de_controle


@transaction.atomic
def retirer_pli(*, pli: Pli, par: Utilisateur, maintenant: datetime) -> Pli:
    """Retire un pli tant que le délai court : il reste scellé et n'est proposé à aucune séance."""
    consultation = verrouiller(pli.consultation)
    pli = verrouiller(pli, avec=("equipe",))
    exiger_d_etre_de_l_equipe(par, pli.equipe)
    tour = verrouiller(pli.tour) if pli.tour else None
    limite = limite_de(consultation, tour)
    conteste = contestation_en_cours(pli) is not None
    exiger(rules.peut_retirer(le=maintenant, date_limite=limite, etat=pli.etat, conteste=conteste))
    pli = franchir(pli, "retirer", par=par.acteur, le=maintenant, retire_le=maintenant)
    signer_un_point_de_controle(le=maintenant)
    ecrire_le_retrait(pli, par=par, le=maintenant)
    publier(PliRetire(pli))
    return pli
