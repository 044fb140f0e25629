"""Changer un dossier publié : préparer, publier une version, garder celle d'avant."""

import io
import zipfile
from datetime import timedelta

import odfdo
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from beffroi.achat.consultations import queries as consultations
from beffroi.achat.consultations.events import ConsultationModifiee
from beffroi.achat.consultations.services import (
    composer_l_archive,
    declarer_sans_suite,
    retirer_piece,
)
from beffroi.achat.consultations.tests.scene import REGLEMENT
from beffroi.achat.dossiers import services
from beffroi.achat.dossiers.models import VersionDuDossier
from beffroi.achat.dossiers.services import comparaison
from beffroi.achat.dossiers.tests.gestes import publier_une_version, remplacer
from beffroi.personnes.comptes.tests.personnes import a_confirmer, connecter
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import CleInconnue, stockage
from beffroi.socle.fondations.taches import vider_la_file
from beffroi.socle.journal.models import Ecriture
from formats.dates import PARIS


@pytest.fixture
def entendus(monkeypatch):
    recus = []
    monkeypatch.setattr(evenements, "publier", recus.append)
    return recus


@pytest.fixture
def client(scene):
    return connecter(Client(), scene.martine)


def ajouter(scene, consultation, nom="plan.pdf"):
    return services.preparer_un_ajout(
        consultation=consultation,
        fichier=services.Fichier(nom, io.BytesIO(b"%PDF plan"), "plan", "Plan de situation"),
        par=scene.martine.acteur,
        maintenant=scene.le,
    )


def odt(*paragraphes):
    document, sortie = odfdo.Document("text"), io.BytesIO()
    document.body.clear()
    for texte in paragraphes:
        document.body.append(odfdo.Paragraph(texte))
    document.save(sortie)
    return sortie.getvalue()


def test_un_changement_prepare_ne_se_voit_pas(scene):
    consultation = scene.publiee()
    remplacer(scene, consultation)
    page = Client().get(f"/consultations/{consultation.reference}/documents/").content.decode()

    assert [piece.version for piece in consultations.pieces_en_vigueur(consultation)] == [1]
    assert "reglement-v2.pdf" not in page


def test_une_version_remplace_et_ajoute_d_un_seul_acte(scene, entendus):
    consultation = scene.publier(scene.completer(scene.brouillon()))
    ancienne = consultation.pieces.get()
    remplacer(scene, consultation)
    ajouter(scene, consultation)

    version = publier_une_version(scene, consultation)

    assert version.numero == 2
    assert [p.nom for p in consultations.pieces_en_vigueur(consultation)] == [
        "reglement-v2.pdf",
        "plan.pdf",
    ]
    assert list(consultations.pieces_anciennes(consultation)) == [ancienne]
    assert stockage().lire(ancienne.cle_de_stockage).read() == REGLEMENT
    assert [type(entendu).__name__ for entendu in entendus] == [
        "ConsultationPubliee",
        "ConsultationModifiee",
    ]


def test_l_evenement_porte_la_liste_des_differences(scene, entendus):
    consultation = scene.publiee()
    ancienne = consultation.pieces.get()
    modification = remplacer(scene, consultation)

    publier_une_version(scene, consultation)

    (modifiee,) = (e for e in entendus if isinstance(e, ConsultationModifiee))
    (document,) = modifiee.documents
    assert (modifiee.version, modifiee.nouvelle_limite) == (2, None)
    assert (document.sha256_avant, document.sha256) == (ancienne.sha256, modification.sha256)


def test_le_journal_retient_ce_qui_change_avec_les_empreintes(scene):
    consultation = scene.publiee()
    modification = remplacer(scene, consultation)

    publier_une_version(scene, consultation)

    contenu = Ecriture.objects.get(acte="consultation.publier_une_version").contenu
    assert modification.sha256 in contenu
    assert modification.ancienne.sha256 in contenu


def test_retirer_le_dernier_document_est_refuse(scene):
    consultation = scene.publiee()
    services.preparer_un_retrait(
        piece=consultation.pieces.get(), par=scene.martine.acteur, maintenant=scene.le
    )

    with pytest.raises(RegleEnfreinte, match="vide"):
        publier_une_version(scene, consultation)


@pytest.mark.moteurs
def test_un_document_retire_reste_lisible(scene):
    consultation = scene.publiee()
    ajouter(scene, consultation)
    services.preparer_un_retrait(
        piece=consultation.pieces.first(), par=scene.martine.acteur, maintenant=scene.le
    )
    publier_une_version(scene, consultation)

    (retiree,) = consultations.pieces_anciennes(consultation)

    assert consultations.piece_publique(consultation, retiree.reference).retiree_le is not None


def test_sans_changement_prepare_il_n_y_a_rien_a_publier(scene):
    with pytest.raises(RegleEnfreinte, match="Aucun changement"):
        publier_une_version(scene, scene.publiee())


def test_un_meme_document_ne_change_qu_une_fois_par_version(scene):
    consultation = scene.publiee()
    remplacer(scene, consultation)

    with pytest.raises(ConflitEtat, match="déjà préparé"):
        remplacer(scene, consultation)


def test_un_changement_defait_ne_laisse_pas_ses_octets(scene, django_capture_on_commit_callbacks):
    modification = remplacer(scene, scene.publiee())

    with django_capture_on_commit_callbacks(execute=True):
        services.defaire_un_changement(
            modification=modification, par=scene.martine.acteur, maintenant=scene.le
        )

    with pytest.raises(CleInconnue):
        stockage().taille(modification.cle_de_stockage)


def test_un_changement_publie_ne_se_defait_plus(scene):
    consultation = scene.publiee()
    modification = remplacer(scene, consultation)
    publier_une_version(scene, consultation)

    with pytest.raises(ConflitEtat, match="ne se défait plus"):
        services.defaire_un_changement(
            modification=modification, par=scene.martine.acteur, maintenant=scene.le
        )


@pytest.mark.article("CCP", "R. 2151-4")
def test_un_changement_important_prolonge_le_delai_du_meme_acte(scene, entendus):
    consultation = scene.publiee(ouverture_prevue_le=scene.limite + timedelta(hours=2))
    remplacer(scene, consultation)
    nouvelle = scene.limite + timedelta(days=7)

    version = publier_une_version(scene, consultation, portee="important", nouvelle_limite=nouvelle)

    consultation.refresh_from_db()
    assert (consultation.date_limite_remise, version.ancienne_limite) == (nouvelle, scene.limite)
    assert consultation.ouverture_prevue_le > nouvelle
    assert [e.nouvelle_limite for e in entendus if isinstance(e, ConsultationModifiee)] == [
        nouvelle
    ]


@pytest.mark.article("CCP", "R. 2151-4")
def test_refuser_de_prolonger_se_motive_et_le_journal_le_garde(scene):
    consultation = scene.publiee()
    remplacer(scene, consultation)
    with pytest.raises(RegleEnfreinte, match="dites pourquoi"):
        publier_une_version(scene, consultation, portee="important")

    publier_une_version(
        scene, consultation, portee="important", motif_sans_prolongation="Le prix n'en dépend pas."
    )

    assert (
        "Le prix n'en dépend pas."
        in Ecriture.objects.get(acte="consultation.publier_une_version").contenu
    )


def test_le_dossier_ne_change_plus_apres_l_heure_limite(scene):
    consultation = scene.publiee()
    remplacer(scene, consultation)

    with pytest.raises(RegleEnfreinte, match="après l'heure limite"):
        publier_une_version(scene, consultation, le=scene.limite)


def test_la_base_refuse_une_premiere_version_et_une_limite_raccourcie(scene):
    consultation = scene.publiee()
    champs = {
        "consultation": consultation,
        "explication": "x",
        "portee": "important",
        "publiee_le": scene.le,
    }
    for faux in ({"numero": 1}, {"numero": 2, "nouvelle_limite": scene.limite - timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            VersionDuDossier.objects.create(ancienne_limite=scene.limite, **champs, **faux)


def test_le_dossier_d_avant_se_telecharge_entier(scene):
    consultation = scene.publiee()
    remplacer(scene, consultation)
    publier_une_version(scene, consultation)

    reponse = Client().get(
        f"/consultations/{consultation.reference}/documents/versions/1/dossier.zip"
    )

    with zipfile.ZipFile(io.BytesIO(b"".join(reponse.streaming_content))) as archive:
        assert archive.read("reglement.pdf") == REGLEMENT


def test_le_dossier_deja_compose_passe_a_la_version_qui_le_remplace(scene):
    consultation = composer_l_archive(scene.publiee())
    composee = consultation.archive_du_dossier
    remplacer(scene, consultation)

    version = publier_une_version(scene, consultation)

    assert version.archive_precedente == composee
    assert stockage().taille(composee)


def test_une_version_qui_n_existe_pas_est_introuvable(scene):
    consultation = scene.publiee()

    assert (
        Client()
        .get(f"/consultations/{consultation.reference}/documents/versions/1/dossier.zip")
        .status_code
        == 404
    )


def test_les_textes_se_comparent_passage_par_passage(scene):
    consultation = scene.completer(scene.brouillon())
    retirer_piece(piece=consultation.pieces.get(), par=scene.martine.acteur, maintenant=scene.le)
    scene.joindre(consultation, "reglement.odt", odt("Objet", "Avant 16 heures.", "Fin"))
    consultation = scene.publier(consultation)
    modification = remplacer(
        scene, consultation, odt("Objet", "Avant 12 heures.", "Fin"), "reglement-v2.odt"
    )

    vider_la_file()

    modification.refresh_from_db()
    assert modification.passages == [
        {"signe": "-", "texte": "Avant 16 heures."},
        {"signe": "+", "texte": "Avant 12 heures."},
    ]


@pytest.mark.parametrize(("contenu", "nom"), [(b"%PDF-1.7 faux", "faux.pdf"), (b"PK", "prix.xlsx")])
def test_ce_qui_ne_se_lit_pas_se_dit(scene, contenu, nom):
    modification = remplacer(scene, scene.publiee(), contenu, nom)

    vider_la_file()

    modification.refresh_from_db()
    assert modification.passages == []
    assert modification.lecture.endswith(".")


def test_la_comparaison_est_bornee():
    passages, phrase = comparaison._comparer([], [f"Article {rang}" for rang in range(500)])

    assert len(passages) == comparaison.PASSAGES_GARDES
    assert "ne sont pas montrés" in phrase


# ---------------------------------------------------------------- les écrans


def adresse(consultation, suite=""):
    return f"/consultations/{consultation.reference}/suivre/dossier/{suite}"


def test_l_ecran_prepare_puis_publie_avec_le_delai(scene, client):
    consultation = scene.publiee()
    piece = consultation.pieces.get()
    client.post(
        f"/consultations/{consultation.reference}/suivre/documents/{piece.reference}/remplacer/",
        {"fichier": SimpleUploadedFile("v2.pdf", b"%PDF 2")},
    )
    nouvelle = (scene.limite.astimezone(PARIS) + timedelta(days=7)).strftime("%Y-%m-%d")
    donnees = {
        "explication": "Le lot change.",
        "portee": "important",
        "prolonger": "oui",
        "jour_limite": nouvelle,
        "heure_limite": "14:00",
    }

    page = client.get(adresse(consultation, "publier/")).content.decode()
    client.post(adresse(consultation, "publier/"), donnees)

    consultation.refresh_from_db()
    assert "À prolonger" in page
    assert (
        consultation.versions_du_dossier.get().nouvelle_limite
        == consultation.date_limite_remise
        > scene.limite
    )


def test_ne_pas_prolonger_sans_raison_se_dit_au_bon_champ(scene, client):
    consultation = scene.publiee()
    remplacer(scene, consultation)
    donnees = {"explication": "Le lot change.", "portee": "important", "prolonger": "non"}

    reponse = client.post(adresse(consultation, "publier/"), donnees)

    assert reponse.status_code == 422
    assert "motif_sans_prolongation" in reponse.context["form"].errors


def test_la_page_publique_raconte_la_version(scene):
    consultation = scene.publiee()
    modification = remplacer(scene, consultation)
    publier_une_version(scene, consultation, explication="L'article 3 est précisé.")

    page = Client().get(f"/consultations/{consultation.reference}/documents/").content.decode()

    assert "L'article 3 est précisé." in page.replace("’", "'")
    assert modification.sha256[:8] in page
    assert "documents/versions/1/dossier.zip" in page


def test_rien_a_publier_ramene_a_la_preparation(scene, client):
    consultation = scene.publiee()

    assert client.get(adresse(consultation, "publier/"))["Location"] == adresse(consultation)


def test_apres_l_heure_limite_l_ecran_dit_pourquoi_rien_ne_change(scene, client):
    consultation = scene.publiee()
    declarer_sans_suite(
        consultation=consultation,
        motif="Le besoin a disparu.",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )

    assert "Le dossier ne change plus" in client.get(adresse(consultation)).content.decode()


def prolonger(scene, client, consultation):
    jour = (consultation.date_limite_remise.astimezone(PARIS) + timedelta(days=7)).strftime(
        "%Y-%m-%d"
    )
    saisie = {"jour_limite": jour, "heure_limite": "14:00", "motif": "Visite ajoutée."}
    return client.post(
        f"/consultations/{consultation.reference}/suivre/prolonger/", saisie, follow=True
    )


def suivi(client, consultation):
    return client.get(f"/consultations/{consultation.reference}/suivre/").content.decode()


def test_un_delai_prolonge_fait_dire_que_le_reglement_en_ligne_est_depasse(scene, client):
    consultation = scene.publiee()
    avant = suivi(client, consultation)

    confirmation = prolonger(scene, client, consultation).content.decode()

    assert "Règlement à remplacer" not in avant
    assert "Préparez un règlement à jour" in confirmation
    assert "Règlement à remplacer" in confirmation
    lien = (
        f'<a href="/consultations/{consultation.reference}/suivre/dossier/">Changer le dossier</a>'
    )
    assert lien in suivi(client, consultation)


def test_un_reglement_publie_apres_la_prolongation_fait_taire_l_avertissement(scene, client):
    consultation = scene.publiee()
    prolonger(scene, client, consultation)
    consultation.refresh_from_db()
    remplacer(scene, consultation)
    encore = suivi(client, consultation)

    publier_une_version(scene, consultation, le=maintenant())

    assert "Règlement à remplacer" in encore
    assert "Règlement à remplacer" not in suivi(client, consultation)


def test_le_reglement_change_du_meme_acte_que_le_delai_est_a_jour(scene, client):
    consultation = scene.publiee()
    remplacer(scene, consultation)

    publier_une_version(
        scene,
        consultation,
        portee="important",
        nouvelle_limite=consultation.limite + timedelta(days=7),
    )

    assert "Règlement à remplacer" not in suivi(client, consultation)


@pytest.mark.moteurs
def test_un_delai_prolonge_avec_un_autre_document_laisse_le_reglement_depasse(scene, client):
    consultation = scene.publiee()
    ajouter(scene, consultation)

    publier_une_version(
        scene,
        consultation,
        portee="important",
        nouvelle_limite=consultation.limite + timedelta(days=7),
    )

    assert "Règlement à remplacer" in suivi(client, consultation)


def test_effacer_un_changement_prepare_se_confirme(scene, client):
    consultation = scene.publiee()
    modification = ajouter(scene, consultation)
    adresse = reverse("dossiers:defaire", args=(consultation.reference, modification.reference))

    assert "Le dossier publié ne bouge pas" in a_confirmer(client, adresse)
    assert consultation.modifications.exists()
    client.post(adresse)
    assert not consultation.modifications.exists()


def entrees(reponse):
    with zipfile.ZipFile(io.BytesIO(b"".join(reponse.streaming_content))) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist()}


def remplacer_dans(cle, nom, octets):
    """Le ZIP d'un faussaire : une entrée y dit autre chose, tout le reste est là."""
    [morceau] = stockage().morceaux(cle)
    with zipfile.ZipFile(morceau) as archive:
        lues = {entree: archive.read(entree) for entree in archive.namelist()}
    with zipfile.ZipFile(morceau, "w") as archive:
        for entree, lu in {**lues, nom: octets}.items():
            archive.writestr(entree, lu)


@pytest.mark.parametrize("falsifiee", ["document", "cle-offre.json", "cles-de-scellement.txt"])
def test_un_zip_falsifie_se_refait_avant_d_etre_servi(scene, falsifiee):
    consultation = composer_l_archive(scene.publiee())
    adresse = f"/consultations/{consultation.reference}/documents/dossier.zip"
    avant = entrees(Client().get(adresse))
    nom = next(iter(avant)) if falsifiee == "document" else falsifiee
    faux = avant[nom].replace(b"e", b"f")

    remplacer_dans(consultation.archive_du_dossier, nom, faux)
    apres = entrees(Client().get(adresse))

    consultation.refresh_from_db()
    assert consultation.archive_du_dossier and apres[nom] != faux
    assert next(iter(apres.values())) == next(iter(avant.values()))


def test_un_document_change_sur_le_disque_n_est_servi_ni_seul_ni_dans_le_zip(scene):
    consultation = scene.publiee()
    piece = consultations.pieces_en_vigueur(consultation).first()
    [morceau] = stockage().morceaux(piece.cle_de_stockage)
    morceau.write_bytes(bytes([morceau.read_bytes()[0] ^ 1]) + morceau.read_bytes()[1:])

    base = f"/consultations/{consultation.reference}/documents"
    seul = Client().get(f"{base}/{piece.reference}/{piece.nom}")
    ensemble = Client().get(f"{base}/dossier.zip")

    assert seul.status_code == ensemble.status_code == 503
    assert "n'est donc pas remis" in seul.content.decode().replace("’", "'")
