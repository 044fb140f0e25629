"""Tout ce qu'une personne reçoit ou ouvre et qui parle d'une consultation :
courriels, pages, agendas, PDF. Les vrais.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.test import Client
from django.urls import resolve, reverse
from icalendar import Calendar
from lxml import etree

from beffroi.achat.redaction import services as redaction
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.publicite.avis.models import CoordonneesDAvis
from beffroi.publicite.avis.queries import contenu as avis
from beffroi.publicite.retraits import queries as registre_des_retraits
from beffroi.reponse.depots import recepisse
from beffroi.reponse.registre_des_depots import queries as registre_des_depots
from beffroi.seance.proces_verbaux import composition as proces_verbal
from beffroi.socle.fondations.courriel import message_de
from beffroi.socle.fondations.models import Courriel
from formats import proces_verbal as papier_du_pv
from formats import registre_des_depots as papier_des_depots
from formats import registre_des_retraits as papier_des_retraits
from formats.avis import differences, eforms, national
from formats.avis.modele import Avis as Annonce
from formats.avis.modele import Identifiants
from tests.accords import lecture
from tests.accords.recit import HEURE, Recit

IDENTIFIANTS = Identifiants(
    avis="11111111-1111-4111-8111-111111111111",
    dossier="22222222-2222-4222-8222-222222222222",
    version="01",
)


class Rendu(NamedTuple):
    """Un texte tel qu'il se lit, et, s'il y en a, les instants qu'il dit aux machines.

    `limites` et `references` :
    ce qu'une machine prend pour l'heure limite et pour la référence, partout où elle les lit.
    """

    nom: str
    texte: str
    instants: frozenset[datetime] = frozenset()
    liens: str = ""
    limites: frozenset[datetime] = frozenset()
    references: tuple[str, ...] = ()


def courriels(*, depuis: datetime) -> Iterator[Rendu]:
    """Chaque courriel deux fois : son texte, et la page que le logiciel de courriel montre."""
    for courriel in Courriel.objects.filter(ecrit_le__gte=depuis):
        message = message_de(courriel)
        page, sorte = message.alternatives[0]
        assert sorte == "text/html"
        nom = sorte_de(courriel.cle)
        yield Rendu(f"courriel {nom}, texte", lecture.a_plat(message.body))
        yield Rendu(f"courriel {nom}, page", lecture.page(str(page)))


def sorte_de(cle: str) -> str:
    """« question:reponse » :
    le début de la clé d'un courriel, sans ce qui nomme la personne ou l'objet.
    """
    premier, *autres = cle.replace("/", ":").split(":")
    return ":".join(
        [premier, *(mot for mot in autres if mot in {"accuse", "acheteur", "reponse", "alerte"})]
    )


PAGES_PUBLIQUES = ("consultations:fiche", "consultations:documents", "questions:liste")
PAGES_DE_L_ACHETEUR = ("consultations:suivre",)


def pages(recit: Recit) -> Iterator[Rendu]:
    """Ce que le public, l'acheteur et l'entreprise ouvrent."""
    reference = recit.consultation.reference
    publiques = [reverse(nom, args=(reference,)) for nom in PAGES_PUBLIQUES]
    yield from vues(Client(), [*publiques, reverse("recherche:liste"), _de_l_acheteur(recit)])
    acheteur = connecter(Client(), recit.scene.personne("martine"))
    yield from vues(acheteur, [reverse(nom, args=(reference,)) for nom in PAGES_DE_L_ACHETEUR])
    yield from vues(connecter(Client(), recit.scene.personne("zoe")), list(_de_l_entreprise(recit)))
    deposant = connecter(Client(), recit.scene.personne("sophie"))
    yield from vues(deposant, [reverse(nom, args=(recit.pli.reference,)) for nom in DU_DEPOT])


DU_DEPOT = ("reponses:recepisse", "reponses:retirer")


def _de_l_acheteur(recit: Recit) -> str:
    return reverse("recherche:acheteur", args=(recit.consultation.organisme.siret[:9],))


def _de_l_entreprise(recit: Recit) -> Iterator[str]:
    yield reverse("reponses:mes_reponses")
    for nom in ("reponses:reponse", "reponses:verifier_la_reponse"):
        yield reverse(nom, args=(recit.brouillon.reference,))


def vues(client: Client, adresses: list[str]) -> Iterator[Rendu]:
    for adresse in adresses:
        reponse = client.get(adresse)
        assert reponse.status_code == 200, (adresse, reponse.status_code)
        html = reponse.content.decode()
        yield Rendu(
            f"page {resolve(adresse).view_name}",
            lecture.page(html),
            frozenset(lecture.instants(html)),
            lecture.adresses(html),
        )


def flux(recit: Recit) -> Iterator[Rendu]:
    """Ce que lisent un agrégateur, un agenda et un logiciel."""
    public, reference = Client(), recit.consultation.reference
    atom = etree.fromstring(public.get(reverse("recherche:flux")).content)
    yield Rendu("flux Atom", lecture.a_plat(" ".join(atom.itertext())))
    for adresse in (
        reverse("consultations:calendrier", args=(reference,)),
        reverse("recherche:calendrier"),
    ):
        (evenement,) = Calendar.from_ical(public.get(adresse).content).walk("VEVENT")
        yield Rendu(
            f"agenda {adresse}",
            str(evenement),
            frozenset({evenement["DTSTART"].dt.astimezone(UTC)}),
        )
    lue = public.get(f"/api/v1/consultations/{reference}").json()
    limites = frozenset({datetime.fromisoformat(lue["date_limite"])})
    yield Rendu("API", lue["reference"], limites=limites, references=(lue["reference"],))


def documents(recit: Recit) -> Iterator[Rendu]:
    """Ce qui s'imprime et se joint :
    le récépissé, le dossier, le règlement, l'avis, les registres, le procès-verbal.
    """
    consultation, apres = recit.consultation, recit.limite + timedelta(hours=2)
    yield Rendu("PDF du récépissé", lecture.pdf(recepisse.pdf(recit.pli)))
    dossier = Client().get(reverse("consultations:dossier", args=(consultation.reference,)))
    with zipfile.ZipFile(io.BytesIO(b"".join(dossier.streaming_content))) as archive:  # type: ignore[arg-type]
        for nom in archive.namelist():
            if nom.endswith(".txt"):
                yield Rendu(f"dossier, {nom}", lecture.a_plat(archive.read(nom).decode()))
    for pdf, odt in redaction.ecrire_les_documents(consultation, le=recit.le).values():
        yield Rendu(f"PDF {pdf.nom}", lecture.pdf(pdf.octets))
        yield Rendu(f"ODT {odt.nom}", lecture.odt(odt.octets))
    annonce = avis.contenu_de(consultation, CoordonneesDAvis(), le=recit.le)
    yield Rendu("avis national", lecture.a_plat(national.texte(annonce)))
    yield from avis_europeens(recit, annonce)
    depots = registre_des_depots.registre_de(consultation, etabli_le=apres)
    yield Rendu("PDF du registre des dépôts", lecture.pdf(papier_des_depots.pdf(depots)))
    retraits = registre_des_retraits.registre_de(consultation, etabli_le=apres)
    yield Rendu("PDF du registre des retraits", lecture.pdf(papier_des_retraits.pdf(retraits)))
    pv = proces_verbal.composer(recit.seance(), etabli_le=apres)
    yield Rendu("PDF du procès-verbal", lecture.pdf(papier_du_pv.pdf(pv)))


def avis_europeens(recit: Recit, annonce: Annonce) -> Iterator[Rendu]:
    """L'avis d'aujourd'hui, et le rectificatif de qui avait paru avec l'heure d'avant le report."""
    avant = replace(annonce, remise=replace(annonce.remise, limite=recit.limite - HEURE))
    rectifie = differences.rectifier(
        avant, annonce, avis_publie="12-2027", explication="Un plan manquait."
    )
    for nom, contenu in (("avis eForms", annonce), ("rectificatif eForms", rectifie)):
        limites, references = lecture.eforms(eforms.construire(contenu, identifiants=IDENTIFIANTS))
        yield Rendu(
            nom, " ".join(references), limites=frozenset(limites), references=tuple(references)
        )


def tous(recit: Recit) -> list[Rendu]:
    return [*courriels(depuis=recit.le), *pages(recit), *flux(recit), *documents(recit)]
