"""La preuve d'un exemplaire, sur papier et en archive vérifiable : les mêmes faits que la page."""

from datetime import datetime

from beffroi.choix.echanges import ecrans, queries, services
from beffroi.choix.echanges.models import Exemplaire
from beffroi.socle.fondations import exploitant
from beffroi.socle.journal import remise
from beffroi.socle.journal.models import Ecriture, PointDeControle
from beffroi.socle.journal.queries import tete_publique_qui_couvre
from beffroi.socle.journal.services import publier_la_tete
from formats import dates
from formats import preuve_de_courrier as papier


def pdf(exemplaire: Exemplaire, *, le: datetime) -> bytes:
    """Le PDF archivable de la preuve, tel que les faits sont à cet instant."""
    preuve = papier.PreuveDeCourrier(
        exemplaire=exemplaire.reference,
        identite=_identite(exemplaire),
        faits=tuple(
            papier.FaitProuve(quoi=fait.quoi, le=fait.le, empreinte=fait.empreinte)
            for fait in ecrans.faits_de(exemplaire)
        ),
        alertes=tuple(
            (adresse, f"{sort}, le {dates.jour_et_heure(quand, exacte=True)}")
            for adresse, sort, quand in ecrans.alertes_dites(exemplaire)
        ),
        texte=f"{exemplaire.sujet}\n{exemplaire.texte}",
        empreinte=services.empreinte_du_texte(exemplaire),
        pieces=tuple(
            papier.PieceProuvee(nom=piece.nom, taille=piece.taille, sha256=piece.sha256)
            for piece in queries.pieces_de(exemplaire)
        ),
        exploitant=exploitant.nom(le),
        etablie_le=le,
    )
    return papier.pdf(preuve)


def archive(exemplaire: Exemplaire, *, le: datetime) -> bytes:
    """Le PDF horodaté, et ses écritures avec leur place au registre.

    Tant que des réponses arrivent, les écritures n'y sont pas : leur numéro dirait combien.
    Ensuite, celles que la tête publique couvre : une tête signée sur demande dirait ce qui
    arrive ailleurs (ADR 0009).
    """
    couvertes: dict[Ecriture, PointDeControle] = {}
    if not queries.remise_en_cours(exemplaire.courrier.consultation, le=le):
        publier_la_tete(le=le)
        lues = (
            (une, tete_publique_qui_couvre(une.numero)) for une in ecrans.ecritures_de(exemplaire)
        )
        couvertes = {une: tete for une, tete in lues if tete}
    fichiers = {f"preuve-{exemplaire.reference}.pdf": pdf(exemplaire, le=le)}
    tetes = {une.numero: tete for une, tete in couvertes.items()}
    return remise.archive(fichiers, couvertes, reference=exemplaire.reference, le=le, tetes=tetes)


def _identite(exemplaire: Exemplaire) -> tuple[tuple[str, str], ...]:
    consultation, courrier = exemplaire.courrier.consultation, exemplaire.courrier
    lecteur = exemplaire.lu_par.nom if exemplaire.lu_par else "Personne encore"
    return (
        ("Courrier", f"{courrier.reference}, exemplaire {exemplaire.reference}"),
        ("Acheteur", consultation.organisme.nom),
        ("Entreprise", str(exemplaire.fil.equipe)),
        ("Consultation", f"{consultation.reference}, {consultation.titre}"),
        ("Envoyé par", courrier.envoye_par.nom if courrier.envoye_par else ""),
        ("Lu par", lecteur),
    )
