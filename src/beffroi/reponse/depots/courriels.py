"""Les courriels du dépôt. Un courriel n'est qu'une copie : le récépissé est en ligne, toujours."""

from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.queries import collegues_a_prevenir
from beffroi.reponse.depots import ce_qui_reste
from beffroi.reponse.depots.acces import personnes_a_prevenir
from beffroi.reponse.depots.liens import adresse_pour_contester
from beffroi.reponse.depots.models import BrouillonDeReponse, Contestation, Pli
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import ecrire_a, ecrire_a_chacun
from formats import dates, tailles

FICHIERS_LISTES = 300
DANS_LES_DELAIS = "Elle est arrivée dans les délais."
HORS_DELAI = (
    "Elle est arrivée après la date limite : elle est reçue et marquée hors délai. "
    "L'acheteur décidera."
)
DATE_PASSEE = (
    "La date limite est passée. Vous pouvez encore déposer : la réponse sera marquée hors délai."
)


def ecrire_l_accuse(pli: Pli, *, par: Utilisateur, le: datetime) -> None:
    """L'accusé de réception et ses cinq mentions (CCP,
    annexe 7, art. 2, III), PDF et ZIP joints.
    """
    delai = " (hors délai)" if pli.hors_delai else ""
    ecrire_a(
        par.courriel,
        cle=f"accuse:{pli.reference}",
        sujet=f"Récépissé {pli.reference}{delai} : {pli.consultation.titre}",
        gabarit="depots/courriels/accuse.txt",
        contexte={
            "pli": pli,
            "par": par,
            "consultation": pli.consultation,
            "situation": HORS_DELAI if pli.hors_delai else DANS_LES_DELAIS,
            "recue": dates.jour_et_heure(pli.recu_le, exacte=True),
            "limite": dates.jour_et_heure(pli.date_limite),
            "documents": liste_des_documents(pli),
            "page": lien_vers("reponses:recepisse", pli.reference),
        },
        maintenant=le,
        pieces=[
            piece(f"{pli.reference}.pdf", "application/pdf", "pdf_du_recu", pli),
            piece(f"{pli.reference}-recu.zip", "application/zip", "archive_du_recu_de", pli),
        ],
    )


def piece(nom: str, type_de_contenu: str, fabrique: str, pli: Pli) -> dict[str, object]:
    return {
        "nom": nom,
        "type": type_de_contenu,
        "fabrique": f"beffroi.reponse.depots.recepisse.{fabrique}",
        "arguments": [pli.reference],
    }


def liste_des_documents(pli: Pli) -> list[str]:
    """La liste détaillée des documents ; au-delà de trois cents, la suite est dans le PDF joint."""
    lignes: list[str] = []
    for enveloppe in pli.enveloppes.all():
        lignes += [
            f"- {enveloppe} : {f.nom} ({tailles.humaniser(f.taille)})"
            for f in enveloppe.fichiers.all()
        ]
    reste = len(lignes) - FICHIERS_LISTES
    return (
        lignes
        if reste <= 0
        else [*lignes[:FICHIERS_LISTES], f"- et {reste} autres, listés dans le PDF joint."]
    )


def concernes(pli: Pli) -> list[Utilisateur]:
    """Toute l'équipe de ce pli, et qui l'a déposé, même parti."""
    return list(dict.fromkeys((*collegues_a_prevenir(pli.equipe), pli.depose_par)))


def ecrire_le_remplacement(nouveau: Pli, *, par: Utilisateur, le: datetime) -> None:
    """Aux autres : qui dépose a son récépissé, qui le dit aussi."""
    if nouveau.remplace is None:
        return
    ancien = nouveau.remplace
    ecrire_a_chacun(
        (personne for personne in concernes(ancien) if personne != par),
        cle=f"remplacement:{nouveau.reference}:",
        sujet=f"Réponse {ancien.reference} remplacée : {nouveau.consultation.titre}",
        gabarit="depots/courriels/remplacement.txt",
        contexte={
            "pli": nouveau,
            "ancien": ancien,
            "par": par,
            "consultation": nouveau.consultation,
            "quand": dates.jour_et_heure(le, exacte=True),
            "limite": dates.jour_et_heure_limite(nouveau.limite_actuelle),
            "page": lien_vers("reponses:recepisse", nouveau.reference),
        },
        propre=lambda personne: {"pas_moi": adresse_pour_contester(ancien, personne)},
        maintenant=le,
    )


def ecrire_le_retrait(pli: Pli, *, par: Utilisateur, le: datetime) -> None:
    ecrire_a_chacun(
        dict.fromkeys((par, *concernes(pli))),
        cle=f"retrait:{pli.reference}:",
        sujet=f"Réponse {pli.reference} retirée : {pli.consultation.titre}",
        gabarit="depots/courriels/retrait.txt",
        contexte={
            "pli": pli,
            "par": par,
            "consultation": pli.consultation,
            "quand": dates.jour_et_heure(le, exacte=True),
            "limite": dates.jour_et_heure_limite(pli.limite_actuelle),
            "reste": ce_qui_reste.phrases(pli, par),
            "page": lien_vers("consultations:fiche", pli.consultation.reference),
        },
        propre=lambda personne: {"pas_moi": adresse_pour_contester(pli, personne)},
        maintenant=le,
    )


def ecrire_la_contestation(contestation: Contestation, *, le: datetime) -> None:
    """À toute l'équipe, qui a déposé compris : ce qui est contesté, ou ne l'est plus."""
    pli = contestation.pli
    levee = contestation.levee_le is not None
    ecrire_a_chacun(
        dict.fromkeys((contestation.contestee_par, *concernes(pli))),
        cle=f"contestation:{contestation.pk}:{'levee' if levee else 'dite'}:",
        sujet=(
            f"Réponse {pli.reference} : {contestation.get_geste_display().lower()} "
            f"{'confirmé' if levee else 'contesté'}"
        ),
        gabarit="depots/courriels/contestation.txt",
        contexte={
            "pli": pli,
            "contestation": contestation,
            "consultation": pli.consultation,
            "quand": dates.jour_et_heure(le, exacte=True),
            "limite": dates.jour_et_heure_limite(pli.limite_actuelle),
            "page": lien_vers("reponses:recepisse", pli.reference),
        },
        maintenant=le,
    )


def ecrire_que_la_place_manquait(brouillon: BrouillonDeReponse, *, le: datetime) -> None:
    """À chaque personne de l'équipe : ce qui s'est effacé, pourquoi, et quoi faire."""
    contexte = {
        "brouillon": brouillon,
        "consultation": brouillon.consultation,
        "est_passee": brouillon.date_limite is not None and le > brouillon.date_limite,
        "page": lien_vers("reponses:reponse", brouillon.reference),
    }
    ecrire_a_chacun(
        personnes_a_prevenir(brouillon),
        cle=f"place:{brouillon.reference}:{le.isoformat()}:",
        sujet=f"Fichiers effacés faute de place : {brouillon.consultation.titre}",
        gabarit="depots/courriels/place.txt",
        contexte=contexte,
        maintenant=le,
    )


def ecrire_le_rappel(brouillon: BrouillonDeReponse, *, instant: datetime, le: datetime) -> None:
    """« Envoyé mais pas déposé » : la même clé n'écrit qu'un courriel par échéance."""
    consultation = brouillon.consultation
    limite = brouillon.date_limite or le
    contexte = {
        "brouillon": brouillon,
        "consultation": consultation,
        "alerte": DATE_PASSEE
        if instant >= limite
        else f"La date limite est le {dates.jour_et_heure(limite)}.",
        "page": lien_vers("reponses:reponse", brouillon.reference),
    }
    for personne in personnes_a_prevenir(brouillon):
        suite = "" if personne == brouillon.commence_par else f":{personne.reference}"
        ecrire_a(
            personne.courriel,
            cle=f"rappel:{brouillon.reference}:{instant.isoformat()}{suite}",
            sujet=f"Pas encore déposé : {consultation.titre}",
            gabarit="depots/courriels/rappel.txt",
            contexte=contexte,
            maintenant=le,
        )
