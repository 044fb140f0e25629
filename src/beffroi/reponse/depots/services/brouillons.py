"""Préparer une réponse : la commencer, dire ses lots, dire avec qui."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import sirets_invites
from beffroi.achat.tours import rules as regles_des_tours
from beffroi.achat.tours.models import Invitation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.personnes.entreprises.queries import est_de
from beffroi.personnes.entreprises.rules import chiffres, controle_d_un_membre, identite_d_un_membre
from beffroi.reponse.depots import acces, limits, place, queries, relus_au_depot, rules
from beffroi.reponse.depots.errors import limite_depassee
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.reponse.depots.services.place import exiger_la_place
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from formats import tailles

DECOUPER = "Découpez-le, ou remettez une copie de sauvegarde à l'acheteur."
GROUPEMENTS = ("conjoint", "conjoint_mandataire_solidaire", "solidaire")


@transaction.atomic
def commencer_reponse(
    *,
    consultation: Consultation,
    equipe: Equipe,
    lots: Iterable[int],
    par: Utilisateur,
    maintenant: datetime,
    invitation: Invitation | None = None,
) -> BrouillonDeReponse:
    """Ouvre une réponse en préparation. Rien n'est déposé tant qu'on n'a pas déposé.

    Sur invitation, les lots et le groupement sont ceux de la candidature
    retenue (CCP, art. R. 2142-26).
    """
    exiger(rules.peut_recevoir_des_plis(etat=consultation.etat))
    exiger_d_etre_de_l_equipe(par, equipe)
    exiger(acces.peut_repondre(par, consultation))
    exiger_l_invitation(consultation, equipe, par)
    choisis = list(invitation.lots) if invitation else lots_reconnus(consultation, lots)
    en_cours = BrouillonDeReponse.objects.filter(
        equipe=equipe, consultation=consultation, invitation=invitation, plis=None
    )
    if en_cours.count() >= limits.REPONSES_EN_PREPARATION:
        raise limite_depassee(
            f"Votre équipe a déjà {limits.REPONSES_EN_PREPARATION} réponses en "
            "préparation pour cette "
            "consultation. Reprenez l'une d'elles.",
            limite="reponses_en_preparation",
            valeur=limits.REPONSES_EN_PREPARATION,
        )
    exiger_la_place(envoie_deja=place.a_commence_ailleurs(par))
    limite = (
        invitation.tour.date_limite if invitation else consultation.date_limite_remise
    ) or maintenant
    garde = timedelta(days=limits.JOURS_DE_GARDE_D_UN_BROUILLON)
    return BrouillonDeReponse.objects.create(
        consultation=consultation,
        equipe=equipe,
        invitation=invitation,
        commence_par=par,
        lots=choisis,
        groupement=invitation.groupement if invitation else {},
        groupement_vu_le=maintenant if invitation else None,
        commence_le=maintenant,
        expire_le=max(limite, maintenant) + garde,
    )


def exiger_d_etre_de_l_equipe(par: Utilisateur, equipe: Equipe) -> None:
    """Retirée de l'équipe à l'instant, une personne n'y commence, n'y dépose, n'y retire rien."""
    if not est_de(par, equipe):
        raise Introuvable()


def exiger_l_invitation(consultation: Consultation, equipe: Equipe, par: Utilisateur) -> None:
    """Seule une entreprise invitée répond à une consultation réservée ;
    pour les autres, elle n'existe pas (R. 2162-10).
    """
    if not consultation.est_reservee:
        return
    if not sirets_invites(consultation, par).filter(siret=equipe.identifiant).exists():
        raise Introuvable()


@transaction.atomic
def choisir_les_lots(*, brouillon: BrouillonDeReponse, lots: Iterable[int]) -> BrouillonDeReponse:
    """Change les lots auxquels la réponse répond ;
    un lot qui a déjà des fichiers ne se retire pas.
    """
    brouillon = verrouiller(brouillon)
    exiger(rules.peut_changer_de_composition(sur_invitation=brouillon.invitation_id is not None))
    choisis = lots_reconnus(brouillon.consultation, lots)
    orphelins = (
        brouillon.fichiers.filter(enveloppe="offre").exclude(lot__in=choisis).exclude(lot=None)
    )
    if orphelins.exists():
        numero = orphelins.values_list("lot", flat=True).first()
        raise ConflitEtat(f"Le lot {numero} a déjà des fichiers : retirez-les d'abord.")
    brouillon.lots = choisis
    brouillon.save(update_fields=["lots"])
    return brouillon


@transaction.atomic
def declarer_le_groupement(
    *,
    brouillon: BrouillonDeReponse,
    forme: str,
    membres: Iterable[Mapping[str, str]],
    maintenant: datetime,
) -> BrouillonDeReponse:
    """Dit si l'entreprise répond seule ou comme mandataire d'un groupement
    (CCP, art. R. 2142-19 et s.).
    """
    brouillon = verrouiller(brouillon)
    exiger(rules.peut_changer_de_composition(sur_invitation=brouillon.invitation_id is not None))
    liste = [{"identifiant": chiffres(m["identifiant"]), "nom": m["nom"].strip()} for m in membres]
    if forme and (forme not in GROUPEMENTS or not liste):
        raise RegleEnfreinte(
            "Un groupement a une forme et au moins un autre membre que le mandataire."
        )
    for membre in liste:
        exiger(controle_d_un_membre(membre["identifiant"]))
    identites = [identite_d_un_membre(membre["identifiant"]) for membre in liste]
    if identite_d_un_membre(brouillon.equipe.numero_d_entreprise) in identites:
        raise RegleEnfreinte(
            "Vous êtes le mandataire : n'ajoutez que les autres membres du groupement."
        )
    if len(set(identites)) < len(identites):
        raise RegleEnfreinte(
            "La même entreprise est citée deux fois : un SIRET et son SIREN n'en font qu'une."
        )
    contenu: dict[str, Any] = (
        {"forme": forme, "membres": sorted(liste, key=lambda m: m["identifiant"])} if forme else {}
    )
    brouillon.groupement = contenu
    brouillon.groupement_vu_le = maintenant
    brouillon.save(update_fields=["groupement", "groupement_vu_le"])
    return brouillon


def lots_reconnus(consultation: Consultation, lots: Iterable[int]) -> list[int]:
    """Les lots demandés, s'ils existent ; une consultation sans lots n'en a aucun."""
    demandes = sorted(set(lots))
    existants = set(consultation.lots.values_list("numero", flat=True))
    inconnus = [numero for numero in demandes if numero not in existants]
    if inconnus:
        raise RegleEnfreinte(f"Cette consultation n'a pas de lot {inconnus[0]}.")
    if existants and not demandes:
        raise RegleEnfreinte("Cette consultation est en lots : indiquez au moins un lot.")
    return demandes


def verifier_les_places(
    brouillon: BrouillonDeReponse, places: Iterable[tuple[str, int | None]]
) -> None:
    """L'enveloppe et le lot de chaque place existent dans cette réponse,
    à ce temps de la procédure.
    """
    numeros = set(relus_au_depot.numeros_des_lots(brouillon.consultation))
    en_deux_temps, tour = brouillon.consultation.procedure.en_deux_temps, brouillon.tour
    for enveloppe, lot in places:
        exiger(
            regles_des_tours.enveloppe_attendue(
                enveloppe=enveloppe,
                en_deux_temps=en_deux_temps,
                tour=tour.numero if tour else None,
                reservee=brouillon.consultation.est_reservee,
            )
        )
        exiger(
            rules.place_dans_la_reponse(
                enveloppe=enveloppe,
                lot=lot,
                lots_de_la_consultation=numeros,
                lots_de_la_reponse=brouillon.lots,
            )
        )


def verifier_les_limites(
    brouillon: BrouillonDeReponse, fichiers: Sequence[tuple[str, int]]
) -> None:
    """Les limites annoncées, avant le premier octet :
    chaque fichier, par son nom et sa taille, puis leur somme.
    """
    for nom, claire in fichiers:
        verifier_un_fichier(nom, claire)
    ajoutes = [claire for nom, claire in fichiers if nom != limits.NOM_DU_MANIFESTE]
    if not ajoutes:
        return
    nombre, somme = queries.occupation(brouillon)
    exiger_au_plus(
        nombre + len(ajoutes),
        "fichiers_par_reponse",
        limits.FICHIERS_PAR_REPONSE,
        f"Cette réponse a déjà {tailles.nombre(nombre)} fichiers",
        conseil="Réunissez-en plusieurs dans une archive ZIP.",
    )
    exiger_au_plus(
        somme + sum(ajoutes),
        "octets_par_reponse",
        limits.OCTETS_PAR_REPONSE,
        f"Avec ce fichier, la réponse dépasse {tailles.humaniser(limits.OCTETS_PAR_REPONSE)}",
    )


def verifier_un_fichier(nom: str, claire: int) -> None:
    if len(nom.encode()) > limits.OCTETS_D_UN_NOM:
        raise limite_depassee(
            (
                f"Le nom du fichier est trop long : {limits.OCTETS_D_UN_NOM} octets au plus. "
                "Renommez-le."
            ),
            limite="octets_d_un_nom",
            valeur=limits.OCTETS_D_UN_NOM,
        )
    if nom == limits.NOM_DU_MANIFESTE:
        exiger_au_plus(
            claire,
            "octets_d_un_manifeste",
            limits.OCTETS_D_UN_MANIFESTE,
            "Le manifeste est trop gros",
        )
        return
    exiger_au_plus(
        claire,
        "octets_par_fichier",
        limits.OCTETS_PAR_FICHIER,
        f"Ce fichier dépasse {tailles.humaniser(limits.OCTETS_PAR_FICHIER)}",
    )


def exiger_au_plus(
    valeur: int, limite: str, plafond: int, phrase: str, *, conseil: str = DECOUPER
) -> None:
    if valeur > plafond:
        raise limite_depassee(f"{phrase}. {conseil}", limite=limite, valeur=plafond)
