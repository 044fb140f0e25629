"""Décider d'un lot : choisir une offre, renoncer, valider ce qu'un autre a proposé.

Une décision s'ajoute, jamais ne change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services import declarer_sans_suite
from beffroi.choix.attribution import queries
from beffroi.choix.attribution.models import Attribution, AutreRetenue, Lettre, SuiteDonnee
from beffroi.choix.attribution.ports import contrat_conclu
from beffroi.choix.attribution.queries import classement
from beffroi.choix.attribution.rules import decisions as rules
from beffroi.choix.attribution.rules.decisions import RENONCIATIONS, FaitsDuLot, Fondement
from beffroi.choix.attribution.services import choix
from beffroi.choix.attribution.services.choix import (
    SUBSTITUTIONS,
    OffreChoisie,
    ProjetDAttribution,
    Remplacement,
)
from beffroi.choix.candidatures.queries import attend_des_offres
from beffroi.choix.commissions import queries as commissions
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import Pli
from beffroi.seance.antivirus.queries import en_quarantaine
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser
from formats import dates

Sorte = Attribution.Sorte


@dataclass(frozen=True)
class ProjetDeRenonciation:
    """Pourquoi le lot n'est attribué à personne."""

    fondement: str
    motif: str


@transaction.atomic
def attribuer(
    *,
    consultation: Consultation,
    lot: int | None,
    projet: ProjetDAttribution,
    par: Utilisateur,
    maintenant: datetime,
    remplacement: Remplacement | None = None,
) -> Attribution:
    """Retient une offre pour un lot, ou plusieurs.

    Deux personnes au même instant : la première décide, la seconde le lit.
    """
    consultation = verrouiller(consultation, avec=("organisme",))
    ligne = _exiger_la_main(consultation, lot, remplacement or Remplacement(), le=maintenant)
    ecartes = choix.ecartes(consultation, lot, projet, remplacement)
    # En procédure formalisée, la commission choisit,
    # ou l'on a écrit pourquoi elle ne le fait pas (CGCT, art. L. 1414-2).
    remplace = remplacement is not None and remplacement.cause in SUBSTITUTIONS
    plusieurs = projet.titulaires_prevus is not None
    for choisie in projet.choisies:
        _exiger_de_pouvoir_choisir(ligne, consultation, choisie, ecartes)
        offre: dict[str, Any] = {"pli": choisie.pli, "variante": choisie.variante}
        exiger(
            commissions.choix_permis(
                consultation, lot, **offre, remplace=remplace, parmi_plusieurs=plusieurs
            )
        )
    _exiger_l_analyse_achevee(consultation, lot, projet)
    pesees = choix.peser(consultation, ligne, projet, ecartes)
    exiger(choix.est_permis(consultation, projet, pesees, le=maintenant))
    premiere, *suivantes = [
        {**vars(choisie), "classement": pese.rang}
        for choisie, pese in zip(projet.choisies, pesees.choix, strict=True)
    ]
    attribution = Attribution(
        consultation=consultation,
        lot=lot,
        sorte=Sorte.ATTRIBUEE,
        motif=projet.motif.strip(),
        motif_de_l_ecart=projet.motif_de_l_ecart.strip(),
        titulaires_prevus=projet.titulaires_prevus,
        **premiere,
    )
    autres = [
        AutreRetenue(ordre=ordre, **suivante) for ordre, suivante in enumerate(suivantes, start=2)
    ]
    return _inscrire(
        attribution, ligne, remplacement, autres=autres, par=par, maintenant=maintenant
    )


def _exiger_de_pouvoir_choisir(
    ligne: queries.LotAttribue, consultation: Consultation, choisie: OffreChoisie, ecartes: set[int]
) -> None:
    """L'offre est ouverte, sa variante connue,
    ses fichiers libres, et ce n'est pas celle que l'on remplace.
    """
    if choisie.pli.pk not in {soumissionnaire.pli.pk for soumissionnaire in ligne.offres}:
        raise RegleEnfreinte(
            "L'offre choisie n'est pas de celles que la séance a ouvertes pour ce lot. "
            "Rechargez la page."
        )
    exiger(rules.peut_choisir(attend_des_offres=attend_des_offres(consultation)))
    if classement.variante_inconnue(
        consultation, ligne.lot, pli=choisie.pli, variante=choisie.variante
    ):
        raise RegleEnfreinte(
            "Cette variante n'est pas de celles que l'analyse connaît. Choisissez-en une autre."
        )
    exiger(
        rules.est_encore_en_lice(
            en_lice=True, eliminee="", retenus=fichiers_retenus(choisie.pli, ligne.lot)
        )
    )
    if choisie.pli.pk in ecartes:
        raise RegleEnfreinte(
            "Cette entreprise est celle que vous remplacez. Choisissez la suivante."
        )


def _exiger_l_analyse_achevee(
    consultation: Consultation, lot: int | None, projet: ProjetDAttribution
) -> None:
    """Décider avant la fin du classement se motive (ADR 0031)."""
    if classement.est_inacheve(consultation, lot) and not projet.motif_de_l_ecart.strip():
        raise RegleEnfreinte(
            "Des offres n'ont pas toutes leurs notes : le classement peut changer. "
            "Achevez l'analyse, ou dites pourquoi vous "
            "décidez sans elle, là où l'on explique un autre choix que la première."
        )


@transaction.atomic
def renoncer(
    *,
    consultation: Consultation,
    lot: int | None,
    projet: ProjetDeRenonciation,
    par: Utilisateur,
    maintenant: datetime,
    remplacement: Remplacement | None = None,
) -> Attribution:
    """N'attribue un lot à personne, infructueux ou sans suite,
    en disant pourquoi (CCP, art. R. 2185-1 et R. 2185-2).
    """
    consultation = verrouiller(consultation, avec=("organisme",))
    ligne = _exiger_la_main(consultation, lot, remplacement or Remplacement(), le=maintenant)
    exiger(
        rules.peut_renoncer(
            fondement=projet.fondement, motif=projet.motif, offres=len(ligne.offres)
        )
    )
    infructueux = RENONCIATIONS[Fondement(projet.fondement)].infructueux
    return _inscrire(
        Attribution(
            consultation=consultation,
            lot=lot,
            sorte=Sorte.INFRUCTUEUX if infructueux else Sorte.SANS_SUITE,
            fondement=projet.fondement,
            motif=projet.motif.strip(),
        ),
        ligne,
        remplacement,
        par=par,
        maintenant=maintenant,
    )


def _exiger_la_main(
    consultation: Consultation, lot: int | None, remplacement: Remplacement, *, le: datetime
) -> queries.LotAttribue:
    """Relu sous verrou : personne n'a décidé depuis que la page s'est affichée."""
    ligne = queries.attribution_de(consultation, lot, le=le)
    derniere = ligne.proposition or ligne.attribution
    faits = FaitsDuLot(
        contrat=contrat_conclu(consultation, lot),
        etat=consultation.etat,
        decision=phrase_de(derniere) if derniere else "",
        actuelle=derniere.reference if derniere else "",
        vue=remplacement.vue,
        lettres_parties=bool(ligne.suites),
    )
    if derniere is not None and faits.actuelle != faits.vue:
        raise ConflitEtat(rules.peut_decider(faits).motifs[0].texte)
    if ligne.proposition is not None:
        raise ConflitEtat(f"{faits.decision}. Cette proposition attend d'être validée ou rendue.")
    exiger(rules.peut_decider(faits, cause=remplacement.cause, motif=remplacement.motif))
    if (
        ligne.suites
        and remplacement.cause in SUBSTITUTIONS
        and not (ligne.attribution and ligne.attribution.est_attribuee)
    ):
        raise RegleEnfreinte(
            "Les lettres sont parties, et ce lot n'est attribué à personne : "
            "il n'y a personne à remplacer."
        )
    return ligne


def phrase_de(attribution: Attribution) -> str:
    """« Le lot 1 est attribué à X, par Y, le … » : ce que lit la personne arrivée seconde."""
    quoi = f"Le lot {attribution.lot}" if attribution.lot else "L'achat"
    verbe = "est" if attribution.decidee_le else "est proposé à la validation :"
    sort = (
        f"attribué à {attribution.noms}"
        if attribution.pli
        else attribution.get_sorte_display().lower()
    )
    par, le = (
        attribution.decidee_par or attribution.proposee_par,
        attribution.decidee_le or attribution.proposee_le,
    )
    return f"{quoi} {verbe} {sort}, par {par.nom}, le {dates.jour_et_heure(le)}"


def _inscrire(
    attribution: Attribution,
    ligne: queries.LotAttribue,
    remplacement: Remplacement | None,
    *,
    autres: Sequence[AutreRetenue] = (),
    par: Utilisateur,
    maintenant: datetime,
) -> Attribution:
    """Écrit la décision à sa place,
    et lui donne effet si l'organisme n'exige pas une seconde personne.
    """
    if ligne.attribution is not None and remplacement is not None:
        attribution.remplace, attribution.rang = ligne.attribution, ligne.attribution.rang + 1
        attribution.cause, attribution.motif_du_remplacement = (
            remplacement.cause,
            remplacement.motif.strip(),
        )
    attribution.proposee_par, attribution.proposee_le = par, maintenant
    if not attribution.consultation.organisme.publication_a_deux:
        attribution.decidee_par, attribution.decidee_le = par, maintenant
    attribution.save()
    for autre in autres:
        autre.attribution = attribution
        autre.save()
    _retirer_les_projets_de_lettres(attribution.consultation)
    acte = "attribution.decider" if attribution.decidee_le else "attribution.proposer"
    _journaliser(attribution, acte, par=par, maintenant=maintenant)
    if attribution.decidee_le:
        _renoncer_a_tout(attribution, par=par, maintenant=maintenant)
    return attribution


def _retirer_les_projets_de_lettres(consultation: Consultation) -> None:
    """Ce qui n'est pas parti se récrit d'après la décision qui vaut."""
    projets = Lettre.objects.filter(consultation=consultation, envoyee_le=None)
    SuiteDonnee.objects.filter(lettre__in=projets).delete()
    projets.delete()


@transaction.atomic
def valider(*, attribution: Attribution, par: Utilisateur, maintenant: datetime) -> Attribution:
    """Une autre personne donne effet à ce qui est proposé.

    Deux au même instant : une seule valide.
    """
    attribution = _proposee(attribution)
    exiger(
        rules.peut_valider(
            a_deux=attribution.consultation.organisme.publication_a_deux,
            proposee_par=attribution.proposee_par.reference,
            par=par.reference,
        )
    )
    _exiger_encore_en_lice(attribution, le=maintenant)
    attribution.decidee_par, attribution.decidee_le = par, maintenant
    attribution.save(update_fields=["decidee_par", "decidee_le"])
    _retirer_les_projets_de_lettres(attribution.consultation)
    _journaliser(attribution, "attribution.valider", par=par, maintenant=maintenant)
    _renoncer_a_tout(attribution, par=par, maintenant=maintenant)
    return attribution


def _exiger_encore_en_lice(attribution: Attribution, *, le: datetime) -> None:
    """Entre proposer et valider, la réponse retenue a pu être écartée,
    éliminée, ou mise en quarantaine.
    """
    if attribution.pli is None:
        return
    consultation, lot = attribution.consultation, attribution.lot
    exiger(rules.peut_choisir(attend_des_offres=attend_des_offres(consultation)))
    lus = {s.pli.pk for s in queries.attribution_de(consultation, lot, le=le).offres}
    for retenue in attribution.retenues:
        place = classement.place_de(consultation, lot, pli=retenue.pli, variante=retenue.variante)
        exiger(
            rules.est_encore_en_lice(
                en_lice=retenue.pli.pk in lus,
                eliminee=place.elimination if place else "",
                retenus=fichiers_retenus(retenue.pli, lot),
            )
        )


def fichiers_retenus(pli: Pli, lot: int | None) -> list[str]:
    """Les fichiers de cette réponse, candidature ou offre de ce lot,
    que l'antivirus tient en quarantaine.
    """
    return [
        fichier.nom
        for fichier in en_quarantaine(pli.consultation)
        if fichier.ouverture.pli_id == pli.pk and fichier.ouverture.enveloppe.lot in (lot, None)
    ]


@transaction.atomic
def rendre(
    *, attribution: Attribution, motif: str, par: Utilisateur, maintenant: datetime
) -> Attribution:
    """Rend une proposition en disant pourquoi ; qui l'a faite la reprend aussi par là.

    Elle reste lisible.
    """
    attribution = _proposee(attribution)
    if not motif.strip():
        raise RegleEnfreinte(
            "Dites pourquoi vous rendez cette proposition : la personne qui l'a faite le lira."
        )
    attribution.rendue_par, attribution.rendue_le, attribution.motif_du_renvoi = (
        par,
        maintenant,
        motif.strip(),
    )
    attribution.save(update_fields=["rendue_par", "rendue_le", "motif_du_renvoi"])
    _journaliser(attribution, "attribution.rendre", par=par, maintenant=maintenant)
    return attribution


def _proposee(attribution: Attribution) -> Attribution:
    """La consultation d'abord, puis la décision : le même ordre que pour décider."""
    verrouiller(attribution.consultation)
    attribution = verrouiller(
        attribution,
        avec=("consultation__organisme", "pli__equipe", "proposee_par", "decidee_par"),
    )
    if attribution.decidee_le:
        raise ConflitEtat(f"{phrase_de(attribution)}. Il n'y a plus rien à valider.")
    if attribution.rendue_le:
        raise ConflitEtat("Cette proposition a été rendue : elle ne se valide plus.")
    return attribution


def _renoncer_a_tout(attribution: Attribution, *, par: Utilisateur, maintenant: datetime) -> None:
    """Quand plus aucun lot n'a d'attributaire et que tous sont décidés,
    c'est à la procédure que l'on renonce.
    """
    consultation = attribution.consultation
    lignes = queries.attributions_de(consultation, le=maintenant)
    if consultation.etat != Consultation.Etat.DEPOUILLEE:
        return
    if all(
        ligne.attribution and not ligne.attribution.est_attribuee and not ligne.proposition
        for ligne in lignes
    ):
        declarer_sans_suite(
            consultation=consultation,
            motif=motif_de_tout(lignes),
            par=par.acteur,
            maintenant=maintenant,
        )


def motif_de_tout(lignes: list[queries.LotAttribue]) -> str:
    """Ce que la page publique dira : chaque lot, et pourquoi."""
    return "\n".join(
        (
            f"{f'Lot {ligne.lot} : ' if ligne.lot else ''}{ligne.attribution.get_sorte_display()}. "
            f"{ligne.attribution.motif}"
        )
        for ligne in lignes
        if ligne.attribution
    )


def _journaliser(
    attribution: Attribution, acte: str, *, par: Utilisateur, maintenant: datetime
) -> None:
    journaliser(
        acte,
        sujet=attribution.consultation.reference,
        organisme=attribution.consultation.organisme_du_journal,
        par=par.acteur,
        le=maintenant,
        donnees={
            "attribution": attribution.reference,
            "lot": attribution.lot,
            "sorte": attribution.sorte,
            "reponse": attribution.pli.reference if attribution.pli else "",
            "variante": attribution.variante,
            "montant": str(attribution.montant) if attribution.montant is not None else "",
            **_autres_dites(attribution),
            "remplace": attribution.remplace.reference if attribution.remplace else "",
            "cause": attribution.cause,
        },
    )


def _autres_dites(attribution: Attribution) -> dict[str, object]:
    """Chaque titulaire d'un accord-cadre qui en a plusieurs ;
    rien à ajouter quand il n'y en a qu'un.
    """
    if attribution.titulaires_prevus is None:
        return {}
    autres = [
        {"reponse": r.pli.reference, "montant": str(r.montant)} for r in attribution.retenues[1:]
    ]
    return {"titulaires_prevus": attribution.titulaires_prevus, "autres": autres}
