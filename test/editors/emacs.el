;;; emacs.el --- The lines of docs/editor.md in Emacs -*- lexical-binding: t -*-
;;; Commentary:
;; Eglot attaches to the language server by the lines that docs/editor.md gives for Emacs, shows what is wrong, renames, mends and
;; formats, as a whole and while typing. Run from the root of the repository: emacs --batch -l test/editors/emacs.el
;;; Code:
(package-initialize)
(require 'eglot)

(defvar passed 0)
(defvar failed 0)

(defun check (what holds found)
  "Count whether WHAT HOLDS; FOUND is shown where it does not."
  (if holds (setq passed (1+ passed)) (setq failed (1+ failed)))
  (princ (if holds (format "ok   %s\n" what) (format "FAIL %s: %S\n" what found))))

(defun wait (holds)
  "Wait until the function HOLDS says so, ten seconds at most."
  ;; Eglot tells of changes when nothing is typed, which never is in a batch.
  (when (eglot-current-server) (eglot--signal-textDocument/didChange))
  (with-timeout (10 nil)
    (while (not (funcall holds)) (accept-process-output nil 0.05))))

(defun lines () (split-string (buffer-substring-no-properties (point-min) (point-max)) "\n"))

(defun at (text)
  "Go to the beginning of TEXT."
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun typed (character)
  "Type CHARACTER."
  (setq last-command-event character last-input-event character)
  (if (eq character ?\n) (newline nil t) (self-insert-command 1)))

;; The documentation's own lines.
(with-temp-buffer
  (insert-file-contents "docs/editor.md")
  (search-forward "```elisp\n")
  (let ((start (point)))
    (search-forward "\n```")
    (eval-region start (match-beginning 0))))

;; A folder that has cnnc among its packages.
(defvar folder (file-name-as-directory (make-temp-file "cnnc-emacs" t)))
(defvar path (expand-file-name "net.cnn" folder))
(make-directory (expand-file-name "node_modules/.bin" folder) t)
(make-symbolic-link (expand-file-name "bin/cnnc.js") (expand-file-name "node_modules/.bin/cnnc" folder))
(with-temp-file (expand-file-name "package.json" folder) (insert "{}\n"))
(with-temp-file path
  (insert "# A net.\nblock Twice(c) {\nCONV3-c - RELU\nCONV3-c - RELU\n}\nnet N {\n  INPUT 8x8x3\n  Twice(4) - POOL9\n}\n"))

(find-file path)
(check "the mode is that of the file's name" (eq major-mode 'cnn-mode) major-mode)
(run-hooks 'post-command-hook)
(wait #'eglot-current-server)
(wait #'flymake-diagnostics)
(let ((found (flymake-diagnostics)))
  (check "the mistake is shown, once"
         (and (= (length found) 1)
              (string-match-p "POOL slides a 9x9 window over 8x8x4" (flymake-diagnostic-text (car found)))
              (= (line-number-at-pos (flymake-diagnostic-beg (car found))) 8))
         (mapcar #'flymake-diagnostic-text found)))

(at "POOL9")
(search-forward "9")
(delete-char -1)
(typed ?2)
(wait (lambda () (null (flymake-diagnostics))))
(check "and gone when it is mended" (null (flymake-diagnostics)) (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(at "Twice")
(eglot-rename "Double")
(check "a block is renamed where it is declared and used"
       (and (member "block Double(c) {" (lines)) (member "  Double(4) - POOL2" (lines)))
       (lines))

(eglot-format-buffer)
(check "the text is laid out" (equal (nth 2 (lines)) "  CONV3-c - RELU") (lines))

(at "POOL2")
(end-of-line)
(insert " -")
(electric-indent-local-mode -1)
(typed ?\n)
(check "a new line behind a dash is indented" (equal (nth 8 (lines)) "    ") (lines))
(insert "RELU-PO")
(let ((found (all-completions "PO" (nth 2 (run-hook-with-args-until-success 'completion-at-point-functions)))))
  (check "a layer behind a dash is completed" (member "POOL" (mapcar #'substring-no-properties found)) found))

(font-lock-mode-internal t)
(font-lock-default-fontify-region (point-min) (point-max) nil)
(defun colour (text) (at text) (get-text-property (point) 'face))
(let ((found (mapcar #'colour '("A net" "block" "CONV3"))))
  (check "comments, words and layers have their colours"
         (equal found '(font-lock-comment-face font-lock-keyword-face font-lock-type-face))
         found))

(set-buffer-modified-p nil)
(eglot-shutdown (eglot-current-server))
(delete-directory folder t)
(princ (format "%d passed, %d failed\n" passed failed))
(kill-emacs (if (= failed 0) 0 1))
;;; emacs.el ends here
