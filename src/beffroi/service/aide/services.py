"""Demander à être rappelé, noter l'appel, effacer ce qui a servi."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.service.aide import queries, rules
from beffroi.service.aide.models import DemandeDeRappel
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.queries import histoire
from beffroi.socle.journal.services import journaliser

DEMANDER, RAPPELER = "assistance.demander_un_rappel", "assistance.rappeler"
# Le registre ne s'efface pas : la personne n'y est jamais nommée, qu'elle ait un compte ou non.
UNE_PERSONNE = Acteur(reference="a-rappeler", libelle="Une personne à rappeler")


@dataclass(frozen=True)
class Saisie:
    """Ce que la personne a écrit."""

    nom: str
    telephone: str
    sujet: str
    consultation: str = ""
    moment: str = DemandeDeRappel.Moment.AU_PLUS_TOT.value


@transaction.atomic
def demander_un_rappel(
    saisie: Saisie, *, maintenant: datetime, compte: Utilisateur | None = None
) -> DemandeDeRappel:
    """Une demande par numéro : la redemander la remplace, à sa place dans la file.

    Le registre en garde l'heure.
    """
    exiger(rules.numero_lisible(saisie.telephone))
    numero = rules.chiffres(saisie.telephone)
    champs = {
        "nom": saisie.nom.strip(),
        "telephone": saisie.telephone.strip(),
        "sujet": saisie.sujet.strip(),
        "consultation": saisie.consultation.strip(),
        "moment": saisie.moment,
    }
    if not DemandeDeRappel.objects.filter(numero=numero, rappelee_le=None).update(**champs):
        exiger(
            rules.la_file_est_ouverte(
                en_attente=_qui_attendent_avec(saisie.consultation, le=maintenant)
            )
        )
        DemandeDeRappel.objects.get_or_create(
            numero=numero, rappelee_le=None, defaults={**champs, "demandee_le": maintenant}
        )
    demande = DemandeDeRappel.objects.get(numero=numero, rappelee_le=None)
    _inscrire(demande, compte, le=maintenant)
    return demande


def _inscrire(demande: DemandeDeRappel, compte: Utilisateur | None, *, le: datetime) -> None:
    """Une fois par demande et par réponse dont il s'agit :
    la référence et l'heure, ni nom, ni numéro (RGPD, art. 5).
    """
    reponse = queries.reponse_en_question(demande.consultation, compte)
    sujet = reponse.reference if reponse else demande.reference
    if not histoire(sujet).filter(acte=DEMANDER, contenu__contains=demande.reference).exists():
        journaliser(
            DEMANDER, sujet=sujet, par=UNE_PERSONNE, le=le, donnees={"rappel": demande.reference}
        )


def _qui_attendent_avec(consultation: str, *, le: datetime) -> int:
    """Qui dépose bientôt a sa propre file : une autre, pleine, ne l'arrête pas."""
    presse = consultation in queries.limites_pressantes([consultation], le=le)
    return sum(rappel.passe_en_premier == presse for rappel in queries.rappels_a_faire(le=le))


@transaction.atomic
def noter_l_appel(
    *, demande: DemandeDeRappel, par: Acteur, maintenant: datetime
) -> DemandeDeRappel:
    """La personne a été rappelée. Le registre garde qui l'a fait et quand ; ni nom, ni numéro."""
    demande = verrouiller(demande)
    if demande.rappelee_le is None:
        demande.rappelee_le = maintenant
        demande.save(update_fields=["rappelee_le"])
        journaliser(RAPPELER, sujet=demande.reference, par=par, le=maintenant)
    return demande


@transaction.atomic
def effacer_les_rappels(*, le: datetime) -> int:
    """Ce qui a servi ne se garde pas (RGPD, art. 5)."""
    effaces, _ = queries.rappels_a_effacer(le).delete()
    return effaces
