"""Ce que les archives reçoivent des preuves :
les tentatives de dépôt, et ce que la plateforme a mesuré d'elle-même.

Les mêmes faits que le dossier de preuve, arrêtés à l'heure du paquet : redits plus tard,
ils ne changent pas. Les écritures qui les prouvent sont au segment de journal du paquet.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.traces.queries import traces_de_la_consultation
from beffroi.service.disponibilite.models import Evenement
from beffroi.service.preuves import archive, certificat, faits, limites, papier, rules
from beffroi.service.preuves.faits import Certificat, Preuve
from beffroi.service.sonde.queries import derniere_ecriture
from formats import dates
from formats import document as d
from formats.versement import Blocs, Etape, Piece, Sorte, composee
from sceau import evidence


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    """Une heure après l'heure limite, comme le dossier de preuve, et jamais avant.

    Rien n'en est composé ici.
    """
    if consultation.publiee_le is None or not _possible(consultation, le):
        return
    yield from des_tentatives(consultation, le=le)
    yield from du_service(consultation, le=le)


def _possible(consultation: Consultation, le: datetime) -> bool:
    return rules.dossier_possible(limite=consultation.date_limite_remise, le=le).favorable


def des_tentatives(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    """Les faits en JSON, les deux pages, les lignes de cahier avec leur chemin."""

    @cache
    def preuve() -> Preuve:
        return arretee(consultation, le=le)

    def lignes() -> Iterator[bytes]:
        dite = preuve()
        for ligne in archive.lignes_de(dite, archive.releves_de(dite)):
            yield evidence.line_text(ligne) + b"\n"

    def ecritures() -> list[int]:
        dite = preuve()
        return [
            ecriture.numero for ecriture in archive.ecritures_de(dite, archive.releves_de(dite))
        ]

    formes: tuple[tuple[str, str, Blocs], ...] = (
        (
            "en données",
            "preuve.json",
            composee(lambda: archive.en_json(archive.en_donnees(preuve()))),
        ),
        ("à lire", "preuve.pdf", composee(lambda: papier.pdf(preuve()))),
        *(
            [("lignes de cahier et leur chemin", "lignes.jsonl", lignes)]
            if traces_de_la_consultation(consultation.reference, au=le).exists()
            else []
        ),
    )
    for forme, nom, ouvrir in formes:
        yield Piece(
            titre=f"Dossier de preuve, {forme}",
            sorte=Sorte.PREUVE,
            etape=Etape.CANDIDATURES,
            nom=nom,
            ouvrir=ouvrir,
            le=le,
            sujet=consultation.reference,
            ecritures=ecritures,
        )


def du_service(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    """Un certificat de fonctionnement par fenêtre :
    autour de chaque heure limite, celles d'avant comprises.
    """
    for rang, fenetre in enumerate(
        rules.fenetres(limites.du_dossier(consultation, le=le)), start=1
    ):
        dit = _certificat(consultation, rang, fenetre, le=le)
        formes: tuple[tuple[str, Callable[[Certificat], bytes]], ...] = (
            ("json", lambda dit: archive.en_json(certificat.en_donnees(dit))),
            ("pdf", lambda dit: d.pdf(certificat.document(dit))),
        )
        for forme, ecrire in formes:
            yield Piece(
                titre=f"{certificat.TITRE}, {dates.jour_et_heure(fenetre.debut)}, {forme.upper()}",
                sorte=Sorte.FONCTIONNEMENT,
                etape=Etape.CONSULTATION,
                nom=f"fonctionnement-{rang}.{forme}",
                ouvrir=composee(lambda dit=dit, ecrire=ecrire: ecrire(dit())),  # type: ignore[misc]
                le=le,
                sujet=consultation.reference,
                ecritures=lambda dit=dit: [e.numero for e in archive.de_la_sonde(dit())],  # type: ignore[misc]
            )


def arretee(consultation: Consultation, *, le: datetime) -> Preuve:
    """Le dossier de preuve, tel qu'il pouvait se dire à cette heure."""
    fenetres = rules.fenetres(limites.du_dossier(consultation, le=le))
    jusqu_a = derniere_ecriture(le)
    return Preuve(
        sorte="dossier",
        reference=consultation.reference,
        consultation=consultation,
        periodes=tuple(
            replace(une, au_registre=jusqu_a, evenements=connus(une.evenements, le=le))
            for une in faits.periodes(fenetres)
        ),
        tentatives=faits.tentatives_de(consultation, le=le, au=le),
        etablie_le=le,
    )


def _certificat(
    consultation: Consultation, rang: int, fenetre: rules.Fenetre, *, le: datetime
) -> Callable[[], Certificat]:
    @cache
    def dit() -> Certificat:
        return Certificat(
            reference=f"{consultation.reference}/{rang}",
            debut=fenetre.debut,
            fin=fenetre.fin,
            evenements=connus(tuple(faits.evenements_entre(fenetre.debut, fenetre.fin)), le=le),
            etablie_le=le,
            consultation=consultation,
            au_registre=derniere_ecriture(le),
        )

    return dit


def connus(evenements: tuple[Evenement, ...], *, le: datetime) -> tuple[Evenement, ...]:
    """Ceux qui étaient annoncés à cette heure ; fini depuis, un incident durait encore."""
    dits = [evenement for evenement in evenements if evenement.annonce_le <= le]
    for evenement in dits:
        if evenement.fini_le and evenement.fini_le > le:
            evenement.fini_le = None
    return tuple(dits)
