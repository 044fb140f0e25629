"""« À faire » : ce qui attend une personne, tous rôles et toutes consultations ensemble, par échéance légale."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from django.db.models import Q

from beffroi.avis.permissions import ACTES as ACTES_DES_AVIS
from beffroi.avis.queries import avis_a_envoyer
from beffroi.cles import queries as cles
from beffroi.cles.rules import essai_perime
from beffroi.comptes.models import Utilisateur
from beffroi.consultations.models import Consultation
from beffroi.consultations.ouvreurs import Ouvreur, ouvreurs_de
from beffroi.consultations.permissions import ACTES as ACTES_DE_LA_CONSULTATION
from beffroi.consultations.queries import NON_PUBLIEES, de_mes_organismes
from beffroi.consultations.rules.rappels import RAPPELS_D_ESSAI
from beffroi.echanges.permissions import ACTES as ACTES_DES_COURRIERS
from beffroi.organismes.models import Habilitation, Organisme
from beffroi.organismes.permissions import ACTES as ACTES_DES_ORGANISMES
from beffroi.organismes.permissions import permet, roles_de
from beffroi.organismes.queries import habilitations_en_cours, organismes_servis
from beffroi.ouverture.permissions import ACTES as ACTES_DE_L_OUVERTURE
from beffroi.ouverture.queries import recours_en_cours
from beffroi.portail.a_faire_achevement import rapports_a_etablir
from beffroi.portail.a_faire_analyse import notes_a_donner
from beffroi.portail.a_faire_antivirus import fichiers_retenus
from beffroi.portail.a_faire_assistance import demandes_a_traiter
from beffroi.portail.a_faire_attribution import attributions_a_mener
from beffroi.portail.a_faire_candidatures import candidatures_a_reprendre
from beffroi.portail.a_faire_commissions import reunions_a_tenir
from beffroi.portail.a_faire_conformite import personnes_a_repondre
from beffroi.portail.a_faire_contributions import contributions_a_mener
from beffroi.portail.a_faire_conventions import apports_a_examiner, conventions_a_mener
from beffroi.portail.a_faire_courriers import courriers_a_suivre, messages_a_lire, messages_a_repondre
from beffroi.portail.a_faire_donnees import fiches_a_publier
from beffroi.portail.a_faire_entreprise import taches_de_l_entreprise
from beffroi.portail.a_faire_impayes import impayes_a_suivre
from beffroi.portail.a_faire_incidents import prolongations_proposees
from beffroi.portail.a_faire_marches import contrats_a_mener
from beffroi.portail.a_faire_questions import questions_a_repondre
from beffroi.portail.a_faire_rappels import rappels_a_faire
from beffroi.portail.a_faire_recettes import recettes_a_tenir
from beffroi.portail.a_faire_relectures import avis_recu, relectures_a_rendre
from beffroi.portail.a_faire_reponses import reponses_a_deposer
from beffroi.portail.a_faire_selection import suite_a_mener
from beffroi.portail.a_faire_versements import versements_a_reprendre
from beffroi.portail.a_faire_violations import violations_a_suivre
from beffroi.portail.gestes import SANS_ECHEANCE, AFaire
from beffroi.questions.permissions import ACTES as ACTES_DES_QUESTIONS
from beffroi.relectures.permissions import ACTES as ACTES_DES_RELECTURES
from beffroi.repartage import queries as repartages
from beffroi.repartage.models import Repartage
from beffroi.repartage.permissions import ACTES as ACTES_DU_REPARTAGE
from beffroi.repetition import queries as repetitions
from beffroi.repetition.rules import RAPPEL_AVANT_L_HEURE_LIMITE
from formats import dates


class ListeSelonLeRole(Protocol):
    """Ce qui attend une personne, d'après ses seuls rôles."""

    def __call__(self, habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]: ...


# Ce qui dépend des seuls rôles d'une personne.
SELON_LE_ROLE: tuple[ListeSelonLeRole, ...] = (
    rappels_a_faire,
    demandes_a_traiter,
    prolongations_proposees,
    violations_a_suivre,
    personnes_a_repondre,
    conventions_a_mener,
    impayes_a_suivre,
    apports_a_examiner,
    contributions_a_mener,
    recettes_a_tenir,
    fiches_a_publier,
    contrats_a_mener,
    versements_a_reprendre,
)


def taches_de(personne: Utilisateur, *, le: datetime) -> list[AFaire]:
    """L'échéance la plus proche d'abord, passée comprise ; à la même, ce qui bloque quelqu'un."""
    habilitations = {habilitation.organisme_id: habilitation for habilitation in habilitations_en_cours(personne, le)}
    trouvees = [
        *cle_a_creer(personne, habilitations.values()),
        *essais_de_cle(personne, le=le),
        *ouvertures_prochaines(personne, le=le),
        *ouvertures_a_repeter(personne, le=le),
        *essai_de_gardien(personne, le=le),
        *cles_de_gardien_demandees(personne),
        *organismes_sans_administrateur(habilitations.values(), le=le),
        *notes_a_donner(personne),
        *reunions_a_tenir(personne, le=le),
        *relectures_a_rendre(personne, habilitations.values(), le=le),
        *messages_a_lire(personne, le=le),
        *messages_a_repondre(personne, le=le),
        *reponses_a_deposer(personne, le=le),
        *taches_de_l_entreprise(personne, le=le),
        *(tache for lister in SELON_LE_ROLE for tache in lister(habilitations.values(), le=le)),
    ]
    trouvees += parts_demandees_au_gardien(personne, le=le)
    a_annoncer: list[Consultation] = []
    a_repondre: list[Consultation] = []
    a_suivre: list[Consultation] = []
    for consultation in de_mes_organismes(personne, le).select_related("organisme", "cle_offre"):
        if permet(habilitations[consultation.organisme_id], "publier", ACTES_DE_LA_CONSULTATION):
            trouvees += publication_empechee(consultation)
            trouvees += validation_demandee(consultation, personne, le=le)
        if permet(habilitations[consultation.organisme_id], "envoyer", ACTES_DES_AVIS):
            a_annoncer.append(consultation)
        if permet(habilitations[consultation.organisme_id], "repondre", ACTES_DES_QUESTIONS):
            a_repondre.append(consultation)
        if permet(habilitations[consultation.organisme_id], "ecrire", ACTES_DES_COURRIERS):
            a_suivre.append(consultation)
        if permet(habilitations[consultation.organisme_id], "changer_les_personnes", ACTES_DU_REPARTAGE):
            trouvees += parts_a_refaire(consultation, personne, le=le)
        if peut_s_en_charger(habilitations[consultation.organisme_id], consultation):
            trouvees += tache_de_consultation(consultation, le=le)
            trouvees += suite_a_mener(consultation, le=le)
            trouvees += fichiers_retenus(consultation)
        if permet(habilitations[consultation.organisme_id], "repondre", ACTES_DES_RELECTURES):
            trouvees += avis_recu(consultation, le=le)
    trouvees += avis_prets(a_annoncer)
    trouvees += questions_a_repondre(a_repondre, le=le)
    trouvees += [*courriers_a_suivre(a_suivre, le=le), *candidatures_a_reprendre(a_suivre, le=le)]
    # Qui écrit aux entreprises attribue et fait le rapport : les trois tables ont les mêmes rôles.
    trouvees += [*attributions_a_mener(a_suivre, le=le), *rapports_a_etablir(a_suivre, le=le)]
    return sorted(trouvees, key=lambda tache: (tache.echeance, not tache.presse))


def peut_s_en_charger(habilitation: Habilitation, consultation: Consultation) -> bool:
    """On ne demande rien à qui n'a pas le rôle : une élue qui ouvre ne rédige pas."""
    if consultation.etat == Consultation.Etat.BROUILLON:
        return permet(habilitation, "rediger", ACTES_DE_LA_CONSULTATION)
    return permet(habilitation, "preparer_la_seance", ACTES_DE_L_OUVERTURE)


def cle_a_creer(personne: Utilisateur, habilitations: Iterable[Habilitation]) -> Iterator[AFaire]:
    ouvre = any(Habilitation.Role.OUVREUR in roles_de(habilitation) for habilitation in habilitations)
    concernee = ouvre or cles.gardien_en_fonction(personne) is not None
    if concernee and not cles.est_prete(cles.identite_en_cours(personne)):
        yield AFaire(
            titre="Préparer votre clé",
            detail="Sans elle, vous ne pourrez pas ouvrir de réponse. Il faut dix minutes et une imprimante.",
            url="/cles/",
            geste="Préparer",
            quand="Une fois pour toutes",
            presse=False,
            echeance=SANS_ECHEANCE,
        )


def ouvertures_prochaines(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """À J−7 puis J−2, chaque personne désignée sait que l'ouverture approche, et si sa clé est prête."""
    miennes = Consultation.toutes.filter(etat=Consultation.Etat.PUBLIEE, membres_qui_ouvrent__utilisateur=personne)
    proches = miennes.filter(date_limite_remise__gt=le, date_limite_remise__lte=le + max(RAPPELS_D_ESSAI))
    consultations = {consultation.pk: consultation for consultation in proches}
    for pk, ouvreurs in ouvreurs_de(list(consultations.values()), le).items():
        moi = next(ouvreur for ouvreur in ouvreurs if ouvreur.personne == personne)
        yield ouverture_prochaine(consultations[pk], moi, le=le)


def ouverture_prochaine(consultation: Consultation, moi: Ouvreur, *, le: datetime) -> AFaire:
    limite = consultation.limite
    essai = f"/cles/canari/{moi.part}/" if moi.part else "/cles/"
    return AFaire(
        titre="L'ouverture approche : essayez votre clé" if moi.a_essayer else "L'ouverture approche",
        detail=f"{consultation.titre}. {'Votre clé est prête.' if moi.prete else "Votre clé n'est pas prête."}",
        url=essai if moi.a_essayer else f"/consultations/{consultation.reference}/suivre/",
        geste="Essayer" if moi.a_essayer else "Voir qui ouvre",
        quand=f"Heure limite le {dates.jour_et_heure_limite(limite)}",
        presse=moi.a_essayer,
        echeance=limite,
    )


def essai_de_gardien(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """Un gardien prouve que sa clé s'ouvre, puis le prouve de nouveau tous les 90 jours."""
    gardien = cles.gardien_en_fonction(personne)
    if gardien and gardien.canari_empreinte and essai_perime(dernier=gardien.canari_ouvert_le, maintenant=le):
        yield AFaire(
            titre="Refaire votre essai de gardien" if gardien.canari_ouvert_le else "Faire votre essai de gardien",
            detail="Il prouve que votre clé ouvrira, si un acheteur a perdu les siennes.",
            url=f"/cles/canari/{gardien.reference}/",
            geste="Essayer",
            quand="Tous les 90 jours" if gardien.canari_ouvert_le else "Dès que possible",
            presse=gardien.canari_ouvert_le is None,
            echeance=le,
        )


def essais_de_cle(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """L'essai sans lequel une consultation ne se publie pas ; une fois publiée, il est dans « L'ouverture approche »."""
    attendus = {part.paire_id for part in cles.essais_en_attente(personne, le)}
    preparees = Consultation.toutes.filter(etat__in=NON_PUBLIEES)
    if preparees.filter(Q(cle_candidature__in=attendus) | Q(cle_offre__in=attendus)).exists():
        yield AFaire(
            titre="Essayer votre clé",
            detail="Une consultation attend cet essai pour être publiée.",
            url="/cles/",
            geste="Essayer",
            quand="Dès que possible",
            presse=True,
            echeance=le,
        )


def cles_de_gardien_demandees(personne: Utilisateur) -> Iterator[AFaire]:
    for seance in recours_en_cours(personne):
        yield AFaire(
            titre="Ouvrir avec votre clé de gardien",
            detail=f"{seance.consultation.organisme} : {seance.consultation.titre}",
            url=f"/ouverture/{seance.reference}/",
            geste="Rejoindre",
            quand=f"Demandé le {dates.jour(seance.creee_le)}",
            presse=True,
            echeance=seance.creee_le,
        )


def parts_a_refaire(consultation: Consultation, personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """Quelqu'un qui tenait une part est parti ou a changé de clé ; ou bien un collègue a remis la sienne."""
    repartage = repartages.repartage_de(consultation)
    if repartage and repartage.seconde == personne:
        yield _repartage_a_achever(repartage, le=le)
    elif repartage and repartage.demande_ecrite:
        yield AFaire(
            titre="Les gardiens refont vos parts de clé",
            detail=f"{consultation.titre}. Ils attendent votre appel pour vérifier la demande.",
            url=f"/consultations/{consultation.reference}/cles/repartage/",
            geste="Suivre",
            quand=f"Demandé le {dates.jour(repartage.demande_le)}",
            presse=False,
            echeance=consultation.date_limite_remise or le,
        )
    elif repartage is None and repartages.doit_etre_repartagee(consultation, le):
        partis = [porteur.personne.nom for porteur in repartages.porteurs(consultation, le) if porteur.souci]
        yield AFaire(
            titre="Refaire les parts de clé",
            detail=f"{consultation.titre}. Parts à refaire : {', '.join(partis)}.",
            url=f"/consultations/{consultation.reference}/cles/changer/",
            geste="Changer les personnes",
            quand="Avant l'ouverture",
            presse=False,
            echeance=consultation.date_limite_remise or le,
        )


def publication_empechee(consultation: Consultation) -> Iterator[AFaire]:
    """L'heure dite est passée et rien n'a été publié : la personne sait pourquoi, et corrige."""
    if consultation.publication_empechee_le is not None:
        yield AFaire(
            titre="La publication prévue n'a pas eu lieu",
            detail=f"{consultation.titre}. {consultation.motif_d_empechement}",
            url=f"/consultations/{consultation.reference}/preparer/verifier/",
            geste="Corriger",
            quand=f"Prévue, puis empêchée le {dates.jour(consultation.publication_empechee_le)}",
            presse=True,
            echeance=consultation.publication_empechee_le,
        )


def validation_demandee(consultation: Consultation, personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """Quand l'organisme publie à deux : la personne qui n'a pas rédigé relit, puis publie ou rend."""
    if consultation.etat == Consultation.Etat.EN_RELECTURE and consultation.redigee_par_id != personne.pk:
        limite = consultation.date_limite_remise
        yield AFaire(
            titre="Valider une consultation",
            detail=f"{consultation.titre}. On vous demande de la relire, puis de la publier ou de la rendre.",
            url=f"/consultations/{consultation.reference}/preparer/verifier/",
            geste="Relire",
            quand=f"Réponses attendues le {dates.jour(limite)}" if limite else "Sans date",
            presse=True,
            echeance=limite or le,
        )


def brouillon_rendu(consultation: Consultation, *, le: datetime) -> Iterator[AFaire]:
    yield AFaire(
        titre="Reprendre une consultation rendue",
        detail=f"{consultation.titre}. {consultation.motif_du_renvoi}",
        url=f"/consultations/{consultation.reference}/preparer/",
        geste="Corriger",
        quand=f"Rendue le {dates.jour(consultation.rendue_le or le)}",
        presse=True,
        echeance=consultation.rendue_le or le,
    )


def avis_prets(consultations: Iterable[Consultation]) -> Iterator[AFaire]:
    """Un rectificatif ou une annulation rédigés d'office n'attendent qu'une personne pour partir."""
    for pret in avis_a_envoyer(consultations):
        yield AFaire(
            titre=f"Un {pret.get_sorte_display().lower()} est prêt à envoyer",
            detail=f"{pret.consultation.titre} ({pret.get_forme_display().lower()})",
            url=f"/consultations/{pret.consultation.reference}/publicite/{pret.reference}/",
            geste="Envoyer",
            quand=f"Rédigé le {dates.jour(pret.ecrit_le)}",
            presse=True,
            echeance=pret.ecrit_le,
        )


def parts_demandees_au_gardien(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    for repartage in repartages.attendus_des_gardiens(personne):
        if repartage.seconde in (None, personne):
            yield _repartage_a_achever(repartage, le=le)


def _sur_demande(repartage: Repartage) -> str:
    return f". Demande écrite : {repartage.demande_ecrite}" if repartage.demande_ecrite else ""


def _repartage_a_achever(repartage: Repartage, *, le: datetime) -> AFaire:
    consultation = repartage.consultation
    return AFaire(
        titre="Ouvrir votre part pour refaire celles des autres",
        detail=f"{consultation.organisme} : {consultation.titre}{_sur_demande(repartage)}",
        url=f"/consultations/{consultation.reference}/cles/repartage/",
        geste="Refaire les parts",
        quand="Une personne vous attend",
        presse=True,
        echeance=le,
    )


def organismes_sans_administrateur(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    """Sans administrateur, plus personne ne donne de rôle : l'exploitant seul peut en nommer un."""
    chez_l_exploitant = (h for h in habilitations if h.organisme.role == Organisme.Role.EXPLOITANT)
    if not any(permet(h, "nommer_un_administrateur", ACTES_DES_ORGANISMES) for h in chez_l_exploitant):
        return
    for servi in organismes_servis():
        if not servi.administrateurs:
            yield AFaire(
                titre="Nommer un administrateur",
                detail=f"{servi.organisme} n'a pas d'administrateur : personne n'y donne de rôle.",
                url=f"/exploitant/organismes/{servi.organisme.siret}/administrateur/",
                geste="Nommer",
                quand="Dès que possible",
                presse=True,
                echeance=le,
            )


def ouvertures_a_repeter(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    for consultation in repetitions.a_repeter_par(personne, le=le):
        yield AFaire(
            titre="Répéter l'ouverture",
            detail=consultation.titre,
            url=f"/consultations/{consultation.reference}/repetition/",
            geste="Répéter",
            quand=f"Avant le {dates.jour_et_heure_limite(consultation.limite)}",
            presse=consultation.limite - le <= RAPPEL_AVANT_L_HEURE_LIMITE,
            echeance=consultation.limite,
        )


def tache_de_consultation(consultation: Consultation, *, le: datetime) -> Iterator[AFaire]:
    """Ce que l'état et l'heure d'une consultation demandent."""
    limite = consultation.date_limite_remise
    adresse = f"/consultations/{consultation.reference}"
    if consultation.etat == Consultation.Etat.BROUILLON and consultation.rendue_le:
        yield from brouillon_rendu(consultation, le=le)
    elif consultation.etat == Consultation.Etat.BROUILLON:
        yield AFaire(
            titre="Finir de préparer une consultation",
            detail=consultation.titre,
            url=f"{adresse}/preparer/",
            geste="Continuer",
            quand=f"Réponses attendues le {dates.jour(limite)}" if limite else "Sans date",
            presse=False,
            echeance=limite or SANS_ECHEANCE,
        )
    elif consultation.etat in (Consultation.Etat.PUBLIEE, Consultation.Etat.CLOSE) and limite and limite < le:
        yield AFaire(
            titre="Ouvrir les réponses",
            detail=consultation.titre,
            url=f"{adresse}/ouverture/",
            geste="Préparer la séance",
            quand=f"Heure limite passée le {dates.jour_et_heure_limite(limite)}",
            presse=True,
            echeance=limite,
        )
    elif consultation.etat == Consultation.Etat.EN_OUVERTURE:
        yield AFaire(
            titre="Poursuivre la séance d'ouverture",
            detail=consultation.titre,
            url=f"{adresse}/ouverture/",
            geste="Rejoindre",
            quand="Séance en cours",
            presse=True,
            echeance=limite or le,
        )
