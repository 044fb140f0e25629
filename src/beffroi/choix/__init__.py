"""On choisit : les candidatures, les offres, qui délibère,
qui l'emporte, et ce que chacun en apprend.
"""
