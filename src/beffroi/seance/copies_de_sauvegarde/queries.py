"""Les copies reçues, ce qu'on sait de la réponse électronique de chacune, et qui peut les voir."""

from datetime import datetime

from django.db.models import Min

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import publiee
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.reponse.depots.models import BrouillonDeReponse, DepotMateriel, Pli
from beffroi.seance.antivirus import queries as antivirus
from beffroi.seance.copies_de_sauvegarde.models import FichierDeCopie, OuvertureDeCopie
from beffroi.seance.copies_de_sauvegarde.permissions import ACTES
from beffroi.seance.copies_de_sauvegarde.rules import Cas, FaitsDeLaCopie
from beffroi.seance.ouverture.models import OuverturePli
from beffroi.socle.fondations.erreurs import Introuvable

EN_OUVERTURE = (Consultation.Etat.EN_OUVERTURE, Consultation.Etat.DEPOUILLEE)


def consultation_pour(
    utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime
) -> Consultation:
    consultation = publiee(reference)
    exiger_role(habilitation_dans(utilisateur, consultation.organisme, le), acte, ACTES)
    return consultation


def copies_de(consultation: Consultation) -> list[DepotMateriel]:
    """Les copies inscrites au registre, dans l'ordre d'arrivée, avec ce qui en est sorti."""
    copies = consultation.depots_materiels.filter(sorte=DepotMateriel.Sorte.COPIE_DE_SAUVEGARDE)
    return list(
        copies.select_related("ouverture_de_copie__ouverte_par").prefetch_related(
            "ouverture_de_copie__fichiers"
        )
    )


def copie_pour(consultation: Consultation, cle: int) -> DepotMateriel:
    copie = next((copie for copie in copies_de(consultation) if copie.pk == cle), None)
    if copie is None:
        raise Introuvable
    return copie


def fichier_pour(
    utilisateur: Utilisateur, reference: str, acte: str = "voir_les_copies", *, le: datetime
) -> FichierDeCopie:
    fichier = (
        FichierDeCopie.objects.filter(reference=reference)
        .select_related("ouverture__depot__consultation__organisme", "ouverture__equipe")
        .first()
    )
    if fichier is None:
        raise Introuvable
    consultation_pour(utilisateur, fichier.ouverture.depot.consultation.reference, acte, le=le)
    return fichier


def ont_commence_un_envoi(consultation: Consultation) -> list[Equipe]:
    """Après l'heure limite seulement : de qui au moins un octet est arrivé, déposé ou non."""
    brouillons = BrouillonDeReponse.objects.filter(
        consultation=consultation, premier_octet_le__isnull=False
    )
    envois = Equipe.objects.filter(pk__in=brouillons.values("equipe"))
    return list(envois.order_by("nom", "pk"))


def faits_de(copie: DepotMateriel, equipe: Equipe) -> FaitsDeLaCopie:
    """La copie, et la réponse électronique de cette entreprise."""
    consultation = copie.consultation
    brouillons = BrouillonDeReponse.objects.filter(consultation=consultation, equipe=equipe)
    return FaitsDeLaCopie(
        recue_le=copie.recu_le,
        limite=consultation.limite,
        transmission_commencee_le=brouillons.aggregate(debut=Min("premier_octet_le"))["debut"],
        reponses_en_ouverture=consultation.etat in EN_OUVERTURE
        or not Pli.objects.filter(consultation=consultation).exists(),
        deja_ouverte=OuvertureDeCopie.objects.filter(depot=copie).exists(),
        cas_constates=cas_constates(consultation, equipe),
    )


def cas_constates(consultation: Consultation, equipe: Equipe) -> frozenset[Cas]:
    """Ce que la plateforme a vu d'elle-même ; « incomplète » est à la personne de le dire."""
    plis = Pli.objects.filter(consultation=consultation, equipe=equipe)
    retenus = any(
        f.ouverture.pli.equipe_id == equipe.pk for f in antivirus.en_quarantaine(consultation)
    )
    illisible = OuverturePli.objects.filter(pli__in=plis, etat=OuverturePli.Etat.ILLISIBLE).exists()
    a_temps = plis.filter(hors_delai=False).exclude(etat=Pli.Etat.RETIRE).exists()
    constates = (
        (Cas.MALVEILLANCE, retenus),
        (Cas.NON_OUVERTE, illisible),
        (Cas.HORS_DELAI, not a_temps),
    )
    return frozenset(cas for cas, vu in constates if vu)
