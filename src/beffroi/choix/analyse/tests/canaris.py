"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "GrilleDAnalyse": "motif",
    "Evaluateur": "motif_du_retrait",
    "Offre": "intitule",
    "MontantRetenu": "precision",
    "QualificationDOffre": "motif",
    "Note": "commentaire",
    "NoteRetenue": "commentaire motif",
    "RapportDAnalyse": "proposition motif_de_reouverture",
}
PLANTES_EN_JSON = {
    "GrilleDAnalyse": "criteres",
    "MontantRetenu": "pse",
}
EXCUSES = {
    "la clé d'un critère, d'une formule, d'un fichier": (
        "Note.critere NoteRetenue.critere GrilleDAnalyse.formule GrilleDAnalyse.pse "
        "MontantRetenu.fichier MontantRetenu.empreinte RapportDAnalyse.odt RapportDAnalyse.pdf "
        "RapportDAnalyse.sha256_odt RapportDAnalyse.sha256_pdf"
    ),
}
