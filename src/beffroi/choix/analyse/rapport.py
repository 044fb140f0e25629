"""Le rapport d'analyse des offres :
les faits que la plateforme connaît, dans l'ordre où un lecteur les cherche.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from beffroi.achat.consultations.models import Lot
from beffroi.choix.analyse import cotation, queries
from beffroi.choix.analyse.grille import CritereDeLaGrille, en_clair
from beffroi.choix.analyse.models import QualificationDOffre
from beffroi.choix.analyse.queries.lecture import Analyse
from beffroi.choix.analyse.rules import formules
from beffroi.choix.candidatures.queries import candidatures
from beffroi.seance.ouverture.models import Seance
from beffroi.seance.ouverture.states import EtatDeSeance
from formats import dates, sommes
from formats.document import (
    Bloc,
    Chapitre,
    Document,
    Emetteur,
    Fiche,
    Liste,
    Paragraphe,
    Phrase,
    SousTitre,
    Tableau,
    a_completer,
    gras,
    phrase,
)

TITRE = "Rapport d'analyse des offres"
CANDIDATURE = "Candidature non retenue"
DERNIER_TOUR = "Pas d'offre au dernier tour"


def composer(
    analyse: Analyse, lot: Lot | None, *, proposition: str, etabli_le: datetime
) -> Document:
    """Le même document, rendu en ODT pour l'écrire encore, en PDF pour le garder."""
    consultation = analyse.consultation
    return Document(
        titre=f"{TITRE}, lot {lot.numero}" if lot else TITRE,
        objet=f"{consultation.titre}, {lot}" if lot else consultation.titre,
        reference=consultation.reference,
        emetteur=Emetteur(consultation.organisme.nom, consultation.organisme.adresse),
        etabli_le=etabli_le,
        chapitres=(
            Chapitre("La consultation", tuple(_procedure(analyse))),
            Chapitre("Les réponses reçues", tuple(_reponses(analyse))),
            Chapitre("Les critères et la méthode", tuple(_methode(analyse))),
            Chapitre("Les offres qui ne sont pas classées", tuple(_eliminees(analyse))),
            Chapitre("Les montants", tuple(_montants(analyse))),
            Chapitre("Les notes et leurs raisons", tuple(_notes(analyse))),
            Chapitre("Le classement", tuple(_classement(analyse))),
            Chapitre("La proposition", (_proposition(proposition),)),
        ),
    )


def _procedure(analyse: Analyse) -> Iterator[Bloc]:
    consultation = analyse.consultation
    seances = Seance.objects.filter(consultation=consultation, etat=EtatDeSeance.CLOSE).order_by(
        "close_le"
    )
    ouvertes = [dates.jour_et_heure(seance.close_le) for seance in seances if seance.close_le]
    publiee = dates.jour(consultation.publiee_le) if consultation.publiee_le else "(sans date)"
    yield Fiche(
        (
            ("Acheteur", phrase(consultation.organisme.nom)),
            ("Objet", phrase(consultation.objet)),
            ("Procédure", phrase(consultation.procedure.libelle)),
            ("Publiée le", phrase(publiee)),
            ("Heure limite", phrase(dates.jour_et_heure(consultation.limite))),
            ("Séances closes", phrase(" ; ".join(ouvertes) or "aucune")),
            (
                "Évaluateurs",
                phrase(
                    ", ".join(e.utilisateur.nom for e in analyse.evaluateurs if e.note) or "aucun"
                ),
            ),
        )
    )
    for evaluateur in analyse.evaluateurs:
        if evaluateur.retire_le:
            yield Paragraphe(
                phrase(
                    f"{evaluateur.utilisateur.nom} ne note plus : {evaluateur.motif_du_retrait}"
                ),
                "note",
            )


def _reponses(analyse: Analyse) -> Iterator[Bloc]:
    recues = candidatures(analyse.consultation)
    yield Tableau(
        legende=f"{len(recues)} candidature{'s' if len(recues) > 1 else ''}",
        entetes=("Entreprise", "Reçue le", "Décision"),
        lignes=tuple(
            (
                phrase(recue.pli.equipe.nom),
                phrase(dates.jour_et_heure(recue.pli.recu_le)),
                phrase(_decision(recue, analyse.lot)),
            )
            for recue in recues
        ),
        largeurs=(3, 3, 4),
    )


def _decision(recue: object, lot: int | None) -> str:
    rejets = dict(recue.rejets)  # type: ignore[attr-defined]
    if lot in rejets or (None in rejets and lot not in recue.lots_retenus):  # type: ignore[attr-defined]
        return f"Non retenue : {rejets.get(lot) or rejets.get(None)}"
    return "Retenue" if lot in recue.lots_retenus else "Pas encore décidée"  # type: ignore[attr-defined]


def _methode(analyse: Analyse) -> Iterator[Bloc]:
    grille = analyse.grille
    if grille is None:
        yield Paragraphe(phrase(a_completer("grille", "la grille n'est pas arrêtée")))
        return
    yield Tableau(
        legende="Les critères du règlement",
        entetes=("Critère", "Poids"),
        lignes=tuple(
            ligne for critere in analyse.criteres for ligne in _lignes_du_critere(critere)
        ),
        largeurs=(7, 2),
        a_droite=(1,),
    )
    moment = (
        "avant l'ouverture des offres" if grille.avant_ouverture else "après l'ouverture des offres"
    )
    yield Paragraphe(phrase(f"Les cases se notent de 0 à {en_clair(grille.echelle)}."))
    yield Paragraphe(
        phrase(f"La méthode est arrêtée {moment}, le {dates.jour(grille.arretee_le)}.")
    )
    if grille.motif:
        yield Paragraphe(phrase(f"La grille a été changée : {grille.motif}"))
    if grille.formule in formules.FORMULES:
        formule = formules.FORMULES[grille.formule]
        yield Paragraphe(phrase(gras("Le prix. "), f"{formule.nom}. {formule.ecriture}."))
    if grille.pse:
        yield Paragraphe(
            phrase(
                f"Prestations supplémentaires comptées : {', '.join(str(n) for n in grille.pse)}."
            )
        )


def _lignes_du_critere(critere: CritereDeLaGrille) -> Iterator[tuple[Phrase, ...]]:
    yield (phrase(gras(critere.nom)), phrase(_poids(critere.poids)))
    for sous in critere.sous:
        yield (phrase(f"dont {sous.nom}"), phrase(_poids(sous.poids)))


def _poids(poids: Decimal | None) -> str:
    return en_clair(poids) if poids is not None else "selon son rang"


def _eliminees(analyse: Analyse) -> Iterator[Bloc]:
    eliminees = [ligne for ligne in analyse.offres if ligne.elimination]
    if not eliminees:
        yield Paragraphe(phrase("Toutes les offres sont classées."))
        return
    yield Liste(
        tuple(
            phrase(gras(f"{ligne.nom}. "), f"{libelle(ligne.elimination)} : {ligne.motif}")
            for ligne in eliminees
        )
    )


def libelle(elimination: str) -> str:
    """« Irrégulière », en toutes lettres."""
    if elimination == "candidature":
        return CANDIDATURE
    if elimination == "tour":
        return DERNIER_TOUR
    return QualificationDOffre.Qualification(elimination).label


def _montants(analyse: Analyse) -> Iterator[Bloc]:
    yield Tableau(
        legende="Le montant hors taxes retenu pour chaque offre",
        entetes=("Offre", "Montant", "D'où il vient"),
        lignes=tuple(
            (
                phrase(ligne.nom),
                phrase(
                    sommes.au_centime(ligne.montant_classe)
                    if ligne.montant_classe is not None
                    else "–"
                ),
                phrase(_provenance(ligne.montant)),
            )
            for ligne in analyse.offres
        ),
        largeurs=(3, 2, 4),
        a_droite=(1,),
    )


def _provenance(montant: object) -> str:
    if montant is None:
        return "Aucun montant retenu"
    return ". ".join(filter(None, (montant.get_provenance_display(), montant.precision)))  # type: ignore[attr-defined]


def _notes(analyse: Analyse) -> Iterator[Bloc]:
    for offre in queries.classer(analyse):
        if offre.elimination:
            continue
        nom = (
            f"{offre.pli.equipe.nom}, variante {offre.variante}"
            if offre.variante
            else offre.pli.equipe.nom
        )
        yield SousTitre(nom)
        yield Tableau(
            legende=f"Points de {nom}",
            entetes=("Critère", "Points", "Pourquoi"),
            lignes=tuple(
                (phrase(n.critere), phrase(_points(n)), phrase(n.commentaire or "–"))
                for n in offre.notes
            ),
            largeurs=(3, 2, 5),
            a_droite=(1,),
        )


def _points(note: queries.NoteSurCritere) -> str:
    if note.note is None:
        return "à noter"
    return (
        f"{en_clair(note.note)} sur {en_clair(note.poids)}"
        if note.poids is not None
        else en_clair(note.note)
    )


def _classement(analyse: Analyse) -> Iterator[Bloc]:
    classees = [offre for offre in queries.classer(analyse) if not offre.elimination]
    yield Tableau(
        legende="Les offres, de la première à la dernière",
        entetes=("Rang", "Offre", "Note", "Montant hors taxes"),
        lignes=tuple(
            (
                phrase(_rang(offre)),
                phrase(
                    offre.pli.equipe.nom
                    + (f", variante {offre.variante}" if offre.variante else "")
                ),
                phrase(en_clair(offre.note) if offre.note is not None else "–"),
                phrase(sommes.au_centime(offre.montant) if offre.montant is not None else "–"),
            )
            for offre in classees
        ),
        largeurs=(2, 4, 2, 3),
        a_droite=(2, 3),
    )
    for alerte in cotation.notes_des_prix(analyse).alertes:
        yield Paragraphe(phrase(str(alerte)), "attention")


def _rang(offre: queries.OffreClassee) -> str:
    if offre.rang is None:
        return "à noter"
    return f"{offre.rang}, ex æquo" if offre.ex_aequo else str(offre.rang)


def _proposition(texte: str) -> Paragraphe:
    if not texte.strip():
        return Paragraphe(phrase(a_completer("proposition", "à qui attribuer, et pourquoi")))
    return Paragraphe(phrase(texte))
